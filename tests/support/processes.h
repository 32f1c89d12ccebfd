// SPDX-License-Identifier: Apache-2.0
// What /proc tells of other processes, for what has no descriptor to wait on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::test {

/// The children of a process, oldest first; zombies too.
[[nodiscard]] std::vector<pid_t> children_of(pid_t pid);
/// R, S, T, Z...; '-' if there is no such process.
[[nodiscard]] char state_of(pid_t pid);
/// A line of /proc/PID/status without its name, as in status_of(pid, "SigBlk").
[[nodiscard]] std::string status_of(pid_t pid, const std::string& name);
/// Looks until it is so; false if the deadline passes.
[[nodiscard]] bool eventually(const std::function<bool()>& so);
/// The program that a supervisor has started: its only child, or -1.
[[nodiscard]] pid_t program_of(pid_t supervisor);

}  // namespace indexrun::test
