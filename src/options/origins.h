// SPDX-License-Identifier: Apache-2.0
// Where the settings stand that are not on the command line, kept for the errors of later stages.
#pragma once

#include "options/options.h"
#include "options/setting.h"

#include <span>
#include <string_view>
#include <vector>

namespace indexrun::options {

/// One for each option that weaker levels alone give. Of an option that one level gives several
/// times, the place is the file or the variable without a line. Nothing for options of the command
/// line, where the name says enough.
[[nodiscard]] std::vector<Origin> find_origins(std::span<const Setting> settings);

/// What Origin::option and the errors of later stages call the command.
inline constexpr std::string_view kCommandObject = "COMMAND";

/// Of a command that the file has; its arguments are located by it too.
[[nodiscard]] Origin command_origin(const Place& place);

}  // namespace indexrun::options
