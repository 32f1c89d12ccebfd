// SPDX-License-Identifier: Apache-2.0
// What indexrun itself has still to do when a filter is loaded.
#pragma once

#include "base/result.h"
#include "confine/seccomp/filter.h"

#include <array>
#include <vector>

#include <sys/syscall.h>

namespace indexrun::confine {

/// execve(2), and write(2) and exit_group(2) that report why the program could not be started.
inline constexpr std::array kOwnNumbers{SYS_execve, SYS_write, SYS_exit_group};

/// Orders the filters so that each can be loaded: one that takes seccomp(2) away comes last, the
/// others stay as they are.
///
/// kConfig: a filter under which execve(2), or the write(2) and exit_group(2) that report why the
/// program could not be started, does not go on for every argument; or two that take seccomp(2)
/// away.
Result<void> order_filters(std::vector<Filter>& filters);

}  // namespace indexrun::confine
