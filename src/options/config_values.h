// SPDX-License-Identifier: Apache-2.0
// The values of the YAML file: from a node to settings, or the error that shows its place.
#pragma once

#include "base/result.h"
#include "base/yaml.h"
#include "options/setting.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// The key whose value is COMMAND, a sequence of texts; for run and show.
inline constexpr std::string_view kCommandKey = "command";

/// "a mapping", "a sequence of 3": what a node is, for messages.
[[nodiscard]] std::string described(const YamlNode& node);

/// "job.yaml:3:5: key: found a mapping, expected ...".
[[nodiscard]] Error wrong(const YamlNode& node, std::string_view key, std::string_view expected);

/// Two equal keys of one mapping, or a merge key, as an error; sorting keeps a long mapping cheap.
Result<void> check_keys(const YamlNode& mapping);

/// Appends the settings that the value of an option's key stands for.
Result<void> read_value(const Option& option, const YamlNode& value, Level level,
                        std::vector<Setting>& settings);

/// Appends the program and its arguments.
Result<void> read_command(const YamlNode& value, std::vector<std::string>& command);

}  // namespace indexrun::options
