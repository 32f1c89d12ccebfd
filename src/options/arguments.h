// SPDX-License-Identifier: Apache-2.0
// The adapter to CLI11: it parses what the cutter left, and lays out --help.
#pragma once

#include "base/result.h"
#include "options/cut.h"
#include "options/setting.h"

#include <span>
#include <string>
#include <vector>

namespace indexrun::options {

/// Appends one Setting for each occurrence to `settings`, in their order. Only the options that
/// occur are made known to CLI11: registering is the dearest part of reading a command line.
Result<void> parse_arguments(std::span<const Occurrence> occurrences, Level level,
                             std::vector<Setting>& settings);

/// The text of --help for a subcommand, at most 80 columns wide. `named` is false for
/// "indexrun --help", which lists the subcommands too.
[[nodiscard]] std::string help(Subcommand subcommand, bool named);

}  // namespace indexrun::options
