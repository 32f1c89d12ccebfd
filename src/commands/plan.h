// SPDX-License-Identifier: Apache-2.0
// One worker's plan as text or JSON: what show prints.
#pragma once

#include "inputs/inputs.h"
#include "items/item.h"
#include "options/options.h"

#include <string>

namespace indexrun::commands {

/// Borrows everything for as long as it is printed.
struct Plan {
  const options::Options& options;
  const items::Item& item;
  const inputs::Inputs& inputs;
  const std::string& index_source;
};

/// Several lines, one fact a line, each ended by a newline. Values stand as one shell word each.
[[nodiscard]] std::string to_text(const Plan& plan);

/// One line: position, item, command or files, separated by tabs.
[[nodiscard]] std::string to_line(const Plan& plan);

/// One JSON object and a newline; always the same keys.
[[nodiscard]] std::string to_json(const Plan& plan);

}  // namespace indexrun::commands
