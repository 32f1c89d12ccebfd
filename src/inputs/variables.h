// SPDX-License-Identifier: Apache-2.0
// The environment of the workload.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "inputs/expander.h"
#include "inputs/inputs.h"
#include "inputs/spec.h"
#include "items/item.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::inputs {

/// The longest value of a variable that is set without having been asked for, in bytes: a longer
/// one would take up room that the program's own arguments need.
inline constexpr std::size_t kLongestOwnValue = std::size_t{96} * 1024;

/// One variable that was asked for, expanded.
struct Assignment {
  std::string name;
  std::string value;
  bool from_item = false;  ///< the value is not just the text of the template
};

/// With --env-clear or --env-keep: what is left of the environment. A name stands once, as it was
/// first; entries without "=" are not kept.
[[nodiscard]] Environment inherited_part(const Spec& spec, const Environment& inherited);

/// The variables asked for, expanded: first those of the login, then those of the --env-file files,
/// of which a later one beats an earlier one, then --env, which beats the files. A name stands
/// once, where it was first.
Result<std::vector<Assignment>> expand_variables(const Spec& spec, const Expander& expander);

/// INDEXRUN_FIELD_ and the field's name in upper case, every byte that is no ASCII letter or digit
/// replaced by "_".
[[nodiscard]] std::string field_variable(std::string_view field);

/// What is known of this run beside the item.
struct Run {
  const std::optional<std::string>& item_file;  ///< the absolute path of the first --write file
  std::optional<std::uint32_t> slot = {};
};

/// Puts into `inputs` the inherited environment, without what another indexrun left in it
/// (INDEXRUN_INDEX, _ITEM, _ITEM_FILE, _COUNT, _ROLE, _SLOT, _FIELD_*), then our own variables,
/// then `asked`.
///
/// INDEXRUN_INDEX is {index}; so is JOB_COMPLETION_INDEX where the item has an earlier run's
/// number (the task's where it is of a share); INDEXRUN_ITEM and INDEXRUN_FIELD_<NAME> are left out
/// if there is a whole share instead of an item, or if the value is longer than kLongestOwnValue or
/// holds a NUL byte; INDEXRUN_ITEM_FILE is the absolute path of the first
/// --write file; INDEXRUN_COUNT is there if the count is known, INDEXRUN_ROLE if there are
/// roles, INDEXRUN_SLOT if there are slots. Error kConfig if two fields would
/// have the same variable.
Result<void> set_environment(Inputs& inputs, const Environment& inherited, const items::Item& item,
                             const Run& run, const std::vector<Assignment>& asked);

}  // namespace indexrun::inputs
