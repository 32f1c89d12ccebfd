// SPDX-License-Identifier: Apache-2.0
// Starts a program as our child.
#pragma once

#include "base/fd.h"
#include "base/result.h"
#include "launch/plan.h"

#include <chrono>

#include <sys/types.h>

namespace indexrun::launch {

/// A program that runs. It leads a process group of its own, whose number is its pid.
struct Child {
  pid_t pid = -1;
  std::chrono::steady_clock::time_point started;
};

/// Returns when the program's execve(2) has happened, or with the reason why it did not. The caller
/// has blocked all signals: they are restored in the child just before execve, so none is lost and
/// none is taken by us in the child. `terminal` as in Group. kInternal if the system refuses a new
/// process; else as Plan::explain().
///
/// With `listener` the program's filters ask there about what they deny (confine/seccomp/ask.h),
/// and somebody has to answer from now on.
Result<Child> spawn(const Plan& plan, int terminal, UniqueFd* listener = nullptr);

}  // namespace indexrun::launch
