// SPDX-License-Identifier: Apache-2.0
// Words that the rows of the option table use: one file rows_*.h for each chapter of --help.
#pragma once

#include "options/table.h"

#include <cstdint>

namespace indexrun::options {

inline constexpr std::uint8_t kWorker = kForRun | kForStage | kForShow;
inline constexpr std::uint8_t kReader = kWorker | kForCount;
inline constexpr std::uint8_t kLauncher = kForRun | kForShow;
inline constexpr std::uint8_t kCommands = kLauncher | kForCount;
inline constexpr std::uint8_t kEverywhere = kReader | kForInstall | kForSeccomp;
inline constexpr bool kMayBeEmpty = true;
inline constexpr bool kNotEmpty = false;

}  // namespace indexrun::options
