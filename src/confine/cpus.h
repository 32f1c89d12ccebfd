// SPDX-License-Identifier: Apache-2.0
// --cpus: which processors the program may run on (sched_setaffinity(2)).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace indexrun::confine {

/// "0,2-5": numbers below 8192, the most that a kernel is built for, and ranges that do not
/// descend. Bit n of word m is processor m * 64 + n. Anything else is kConfig.
Result<std::vector<std::uint64_t>> parse_cpus(std::string_view text);

}  // namespace indexrun::confine
