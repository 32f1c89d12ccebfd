// SPDX-License-Identifier: Apache-2.0
// The YAML file of --config or INDEXRUN_CONFIG: long option names as keys, and `command`.
#pragma once

#include "base/result.h"
#include "options/setting.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// The key whose value is COMMAND, a sequence of texts; for run and show.
inline constexpr std::string_view kCommandKey = "command";

/// Reads the file and appends its settings, in the order of the file, leaving out those that
/// `subcommand` does not take (which are checked all the same). `command` receives COMMAND if the
/// file has one and the subcommand takes one. `path` outlives the settings.
Result<void> read_config_file(std::string_view path, Subcommand subcommand,
                              std::vector<Setting>& settings, std::vector<std::string>& command);

/// The same for the content of a file.
Result<void> read_config(const std::string& bytes, std::string_view path, Subcommand subcommand,
                         std::vector<Setting>& settings, std::vector<std::string>& command);

}  // namespace indexrun::options
