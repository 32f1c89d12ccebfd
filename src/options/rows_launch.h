// SPDX-License-Identifier: Apache-2.0
// How the program is started, watched and ended.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kLaunchRows[] = {
    {Id::kSupervise, "supervise", 0, {"WHEN"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "stay as the program's supervisor: auto, always, never"},
    {Id::kGrace, "grace", 0, {"DURATION"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "time from TERM to KILL (default 25s)"},
    {Id::kTimeout, "timeout", 0, {"DURATION"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "end the program after this time (0: never)"},
};
// clang-format on

}  // namespace indexrun::options
