// SPDX-License-Identifier: Apache-2.0
#include "launch/outcome.h"

#include "base/signals.h"

#include <csignal>

namespace indexrun::launch {

std::string describe(const Outcome& outcome) {
  if (outcome.timed_out) {
    return "the time limit (--timeout) ended it after " + std::to_string(outcome.duration.count()) +
           " ms";
  }
  if (outcome.status.signaled()) {
    const bool memory = outcome.status.signal == SIGKILL && outcome.oom_kills.value_or(0) > 0;
    // The kernel's own word for it; a program may also raise it by itself.
    const bool filter = outcome.status.signal == SIGSYS;
    return "was killed by " + signal_name(outcome.status.signal) +
           (memory ? " (out of memory)" : "") +
           (outcome.limit.empty() ? "" : ", " + std::string(outcome.limit)) +
           (filter ? " (a system call that a filter forbids)" : "") +
           (outcome.status.core_dumped ? " (core dumped)" : "");
  }
  return "ended with " + std::to_string(outcome.status.code);
}

}  // namespace indexrun::launch
