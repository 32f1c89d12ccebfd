// SPDX-License-Identifier: Apache-2.0
// What is waited for before the start.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kWaitRows[] = {
    {Id::kWaitFor, "wait-for", 0, {"GATE"}, Group::kWaiting, kWorker,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "wait for file:PATH, nonempty:PATH or tcp:HOST:PORT"},
    {Id::kWaitTimeout, "wait-timeout", 0, {"DURATION"}, Group::kWaiting, kWorker,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "fail when the wait takes longer (0, default: no limit)"},
};
// clang-format on

}  // namespace indexrun::options
