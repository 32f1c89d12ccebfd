// SPDX-License-Identifier: Apache-2.0
// The key `roles` of the YAML file: settings that hold for one role only.
#pragma once

#include "base/result.h"
#include "base/yaml.h"
#include "options/setting.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// The key whose value is a mapping of roles to their settings; for all but count and install.
inline constexpr std::string_view kRolesKey = "roles";

/// What one key of `roles` says.
struct RoleSection {
  std::string name;
  Place place;                       ///< of the name
  std::vector<Setting> settings;     ///< of Level::kRole
  std::vector<std::string> command;  ///< empty: none of its own
  Place command_place;               ///< of its sequence
};

/// Appends a section for each role. Settings and commands that `subcommand` does not take are
/// checked and left out.
Result<void> read_roles(const YamlNode& value, Subcommand subcommand,
                        std::vector<RoleSection>& sections);

}  // namespace indexrun::options
