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
    {Id::kRetries, "retries", 0, {"N"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run the program up to N more times when it fails"},
    {Id::kRetryOn, "retry-on", 0, {"CODES"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "only after these: exit codes N or N-M, sig:NAME, timeout"},
    {Id::kBackoff, "backoff", 0, {"DURATION"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "wait before a retry, doubled each time (default 1s)"},
    {Id::kSignalTo, "signal-to", 0, {"WHOM"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "who gets signals: program (default), group, program-then-group"},
    {Id::kMapSignal, "map-signal", 0, {"FROM=TO"}, Group::kLaunch, kLauncher,
     Merge::kName, Yaml::kList, kNotEmpty,
     "hand signal FROM on as TO; TO may be drop"},
    {Id::kWaitAll, "wait-all", 0, {}, Group::kLaunch, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "wait for all processes that the program leaves behind"},
    {Id::kParentDeathSignal, "parent-death-signal", 0, {"SIGNAL"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program gets this when our parent ends"},
    {Id::kStdout, "stdout", 0, {"FILE"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's standard output goes to this file"},
    {Id::kStderr, "stderr", 0, {"FILE"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's standard error goes to this file"},
    {Id::kTeeStdout, "tee-stdout", 0, {"FILE"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "a copy of its standard output goes to this file"},
    {Id::kTeeStderr, "tee-stderr", 0, {"FILE"}, Group::kLaunch, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "a copy of its standard error goes to this file"},
};
// clang-format on

}  // namespace indexrun::options
