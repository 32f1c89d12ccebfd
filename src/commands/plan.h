// SPDX-License-Identifier: Apache-2.0
// One worker's plan as text or JSON: what show prints.
#pragma once

#include "commands/explain.h"
#include "inputs/inputs.h"
#include "items/item.h"
#include "items/partition.h"
#include "options/options.h"

#include <string>
#include <vector>

namespace indexrun::commands {

/// Borrows everything for as long as it is printed.
struct Plan {
  const options::Options& options;
  const items::Item& item;
  const inputs::Inputs& inputs;
  const std::string& index_source;
  std::vector<std::string> gates = {};  ///< expanded
  const items::Part* part = nullptr;    ///< of the task, where the item stands for its whole share
  const Explanation* explanation = nullptr;  ///< of the confinement, if it is asked for
};

/// Several lines, one fact a line, each ended by a newline. Values stand as one shell word each. An
/// explanation follows after an empty line.
[[nodiscard]] std::string to_text(const Plan& plan);

/// One line, separated by tabs: position, item, command or files. Of a whole share: the task's
/// position, the positions of its items, how many they are, command or files.
[[nodiscard]] std::string to_line(const Plan& plan);

/// One JSON object and a newline; always the same keys. The last one, "items", is null: of a whole
/// share the items take that place.
[[nodiscard]] std::string to_json(const Plan& plan);

/// The same up to the value of its last key, "items": that and "}\n" are for the caller to add.
[[nodiscard]] std::string to_open_json(const Plan& plan);

}  // namespace indexrun::commands
