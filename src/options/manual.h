// SPDX-License-Identifier: Apache-2.0
// The words of --help that are no options: usage, purpose, examples.
#pragma once

#include "options/options.h"

#include <string_view>

namespace indexrun::options {

struct Manual {
  std::string_view usage;     ///< without "indexrun"
  std::string_view purpose;   ///< one line
  std::string_view examples;  ///< one a line, without indent
};

[[nodiscard]] const Manual& manual(Subcommand subcommand);

}  // namespace indexrun::options
