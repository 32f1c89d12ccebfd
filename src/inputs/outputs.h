// SPDX-License-Identifier: Apache-2.0
// The files to write, with their content.
#pragma once

#include "base/result.h"
#include "inputs/expander.h"
#include "inputs/inputs.h"
#include "inputs/spec.h"
#include "items/item.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::inputs {

/// What --write writes: the item, or all items of the share if there is one.
struct Written {
  const items::Item& item;
  items::Sequence* share = nullptr;
};

/// --write, --write-text and --render in the order given. Relative output paths start from
/// `directory` (--chdir; empty if there is none), where the program will look for them; sources of
/// --render start from the directory indexrun was started in.
Result<std::vector<OutputFile>> expand_outputs(const Spec& spec, const Written& written,
                                               const Expander& expander,
                                               std::string_view directory);

/// The absolute path of the first --write file, if there is one; `files` as expand_outputs gave it.
Result<std::optional<std::string>> item_file(const Spec& spec,
                                             const std::vector<OutputFile>& files);

/// Error kConfig if two files have one path, however it is spelled, or one would have to be the
/// directory of another.
Result<void> check_distinct(const std::vector<OutputFile>& files);

}  // namespace indexrun::inputs
