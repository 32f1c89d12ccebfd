// SPDX-License-Identifier: Apache-2.0
// A launch as main does it, for a test's forked process: signals first, then exec or supervise.
#pragma once

#include "base/error.h"
#include "confine/prepared.h"
#include "inputs/inputs.h"
#include "launch/outcome.h"
#include "launch/spec.h"

#include <ctime>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::launch {

/// The probe with these arguments, in this process's environment.
[[nodiscard]] inputs::Inputs probe_with(const std::vector<std::string>& arguments);

/// Supervises to the end. Prints "outcome timed_out=0 stopped=0" or the error's message and hint to
/// standard error; returns the exit status, or 196 + the error's class.
int supervised(const inputs::Inputs& inputs, const Spec& spec = {},
               const confine::Prepared& prepared = {});

/// Becomes the program, or the same as above on failure.
int executed(const inputs::Inputs& inputs, const confine::Prepared& prepared = {});

/// As if nobody had ignored a signal before us: nohup, a shell's background jobs.
void take_default_dispositions();

/// What supervised() and executed() return for an error of this class.
[[nodiscard]] int status_of(Failure failure);

/// Until `done` holds, for at most ten seconds; false if it never did.
template <typename Condition>
bool eventually(Condition done) {
  for (int i = 0; i < 2000; ++i) {
    if (done()) {
      return true;
    }
    // What it waits for stands in /proc, which tells nobody of a change.
    const timespec pause{0, 5'000'000};
    static_cast<void>(nanosleep(&pause, nullptr));
  }
  return false;
}

/// The letter of /proc/PID/stat: R, S, T, Z...; 0 if there is no such process.
[[nodiscard]] char state_of(pid_t pid);

}  // namespace indexrun::launch
