// SPDX-License-Identifier: Apache-2.0
// Signal names, and the one change that indexrun makes to its own signals. There are no handlers
// anywhere: everything is blocked first thing in main and read from a signalfd (signalfd(2)).
#pragma once

#include "base/deadline.h"
#include "base/fd.h"

#include <csignal>
#include <optional>
#include <string>
#include <string_view>

namespace indexrun {

/// What the process inherited and the workload gets back, exactly.
struct InheritedSignals {
  sigset_t mask{};
  /// SIGCHLD came in ignored: the kernel would reap children by itself and keep their status from
  /// us, so it is reset to the default and restored just before the workload's exec.
  bool child_ignored = false;
};

/// Blocks every signal but the synchronous faults (SEGV BUS FPE ILL TRAP SYS ABRT) and sets SIGCHLD
/// to its default. The first call in main: as PID 1, a signal that is not blocked is dropped.
[[nodiscard]] InheritedSignals take_signals();

/// Undoes take_signals(). Only system calls: safe after fork.
void restore_signals(const InheritedSignals& inherited) noexcept;

/// Everything that take_signals() blocks but CHLD: what a supervisor hands on.
[[nodiscard]] bool is_forwarded(int signal);

/// TERM, INT, HUP and QUIT: what means "stop" before there is a program to hand it to, and to what
/// else is under way.
[[nodiscard]] sigset_t usual_stop_signals();
/// The stop signals of this process, the usual ones until they are set.
void set_stop_signals(const sigset_t& signals);
[[nodiscard]] bool is_stop_signal(int signal);

/// Its disposition is SIG_IGN, as nohup(1) leaves HUP.
[[nodiscard]] bool is_ignored(int signal);

/// A stop signal that is pending and not ignored, if there is one; it is taken off the queue, and
/// so are ignored ones. Waits up to `patience` for it, and for nothing else.
[[nodiscard]] std::optional<int> pending_stop_signal(Milliseconds patience = Milliseconds(0));

/// A signalfd that is readable while a stop signal is pending that is not ignored; nothing is read
/// from it, so all signals stay where they are. Invalid, with errno, if no descriptor is left.
[[nodiscard]] UniqueFd watch_stop_signals();

/// "TERM", "RTMIN+2"; a number as text if it has no name.
[[nodiscard]] std::string signal_name(int signal);
/// Accepts "TERM", "SIGTERM", "term", "15", "RTMIN+2"; nothing for anything else.
[[nodiscard]] std::optional<int> parse_signal(std::string_view text);

}  // namespace indexrun
