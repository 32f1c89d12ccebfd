// SPDX-License-Identifier: Apache-2.0
// The YAML file of --config or INDEXRUN_CONFIG: long option names as keys, `command` and `roles`.
#pragma once

#include "base/result.h"
#include "options/config_roles.h"
#include "options/setting.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// What the file says.
struct FileSettings {
  std::vector<Setting> settings;     ///< of Level::kFile, in the order of the file
  std::vector<std::string> command;  ///< COMMAND; empty: the file has none
  Place command_place;               ///< of its sequence
  std::vector<RoleSection> roles;    ///< in the order of the file
};

/// Reads the file into an empty `file`, leaving out what `subcommand` does not take (which is
/// checked all the same). `path` outlives the settings.
Result<void> read_config_file(std::string_view path, Subcommand subcommand, FileSettings& file);

/// The same for the content of a file.
Result<void> read_config(const std::string& bytes, std::string_view path, Subcommand subcommand,
                         FileSettings& file);

}  // namespace indexrun::options
