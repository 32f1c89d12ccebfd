// SPDX-License-Identifier: Apache-2.0
// The first step over a command line: where COMMAND begins, and which options stand before it.
// Nothing behind that point is ever looked at, by us or by the option parser.
#pragma once

#include "base/error.h"
#include "options/table.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// One option as it occurs: the long name stands for the short one, and the values are apart from
/// it, verbatim, also when they begin with "-", are "--" or empty.
struct Occurrence {
  const Option* option = nullptr;
  std::array<std::string_view, 2> values;
};

/// The views point into the words that were cut.
struct Cut {
  Subcommand subcommand = Subcommand::kRun;
  bool named = false;  ///< the subcommand was written out
  std::vector<Occurrence> occurrences;
  /// COMMAND is words[command] and all that follow; the number of words if there is none.
  std::size_t command = 0;
  bool dashes = false;              ///< "--" stands before it
  bool explain = false;             ///< show has --confine on the command line
  bool explain_alone = false;       ///< and once without a value
  std::optional<Subcommand> asked;  ///< kHelp or kVersion, whichever came first
  std::optional<Error> error;       ///< the first defect; cutting goes on after it
};

/// Cuts the arguments after argv[0]. A subcommand is recognised as the very first word only. An
/// option that the subcommand does not take, an unknown one (near misses are named), a missing
/// value and a value given to a flag are errors. --help and --version are found also on a line that
/// has such errors. Behind --confine of show only a preset is its value; without one it is no
/// occurrence.
[[nodiscard]] Cut cut(std::span<const std::string_view> words);

/// Cuts the words of INDEXRUN_OPTIONS: options only, and those that `subcommand` does not take are
/// left out. COMMAND, "--", --help and --version are errors.
[[nodiscard]] Cut cut_variable(std::span<const std::string_view> words, Subcommand subcommand);

}  // namespace indexrun::options
