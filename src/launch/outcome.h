// SPDX-License-Identifier: Apache-2.0
// The product of launch/: how the program ended.
#pragma once

#include "base/wait_status.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indexrun::launch {

/// A program that ran to some end. One that never started is an Error instead (kNotfound, kNoexec,
/// kConfine, kInternal, kStopped), so that the program's own 126 and 127 are told apart from ours.
struct Outcome {
  WaitStatus status;
  bool timed_out = false;  ///< our time limit ended it, whatever its status
  bool stopped = false;    ///< a stop signal was forwarded to it
  std::uint32_t attempts = 1;
  std::chrono::milliseconds duration{0};
  std::chrono::milliseconds cpu_time{0};  ///< user and system, with its waited-for descendants
  std::uint64_t peak_memory_kb = 0;       ///< ru_maxrss of the largest process
  /// Processes that the kernel killed for want of memory in our control group meanwhile; nothing if
  /// it cannot be known.
  std::optional<std::uint64_t> oom_kills = {};
  std::string_view limit = {};  ///< the one of ours that ended it; empty: none (limit_reached.h)
  /// System calls that the program's filters denied, if somebody listened (--report-denials).
  std::optional<std::uint64_t> denials = {};
  std::string error_tail = {};  ///< the last lines of standard error, if they were asked for
};

/// "ended with 3", "was killed by KILL (out of memory)", "was killed by XCPU, the limit on
/// processor time (--limit cpu)", "the time limit (--timeout) ended it after 100 ms".
[[nodiscard]] std::string describe(const Outcome& outcome);

}  // namespace indexrun::launch
