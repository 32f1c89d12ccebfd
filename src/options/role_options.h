// SPDX-License-Identifier: Apache-2.0
// The settings of each role, merged with those of all levels.
#pragma once

#include "base/result.h"
#include "options/config_roles.h"
#include "options/options.h"
#include "options/setting.h"

#include <span>
#include <string>
#include <vector>

namespace indexrun::options {

/// What the roles are built from. Borrowed.
struct RoleSources {
  std::span<const Setting> settings;        ///< of all levels, before merge()
  std::span<const RoleSection> sections;    ///< of the file
  const std::vector<std::string>& command;  ///< of the command line or of all roles
  bool command_line = false;                ///< `command` is the command line's
};

/// Fills options.roles. `options` is built and has its command and inputs::Spec::sources already.
/// A section whose name no range of options.items.roles has is an error.
Result<void> build_roles(const RoleSources& sources, Options& options);

}  // namespace indexrun::options
