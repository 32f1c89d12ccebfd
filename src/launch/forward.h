// SPDX-License-Identifier: Apache-2.0
// Hands a signal on to the program.
#pragma once

#include "launch/spec.h"

#include <sys/signalfd.h>
#include <sys/types.h>

namespace indexrun::launch {

/// Sends what was received on to `pid`, as --map-signal and --signal-to say, with its value if it
/// was sent with one (sigqueue(3)). A signal that the terminal sent to our process group goes to
/// the program's group, as the terminal would have sent it there; the two groups are different, so
/// nobody gets it twice. The program has not been reaped. Returns the signal that was sent, or 0 if
/// it was dropped. `to_group`: whatever --signal-to says.
///
/// To a group a value goes along on Linux 6.9 and later (pidfd_send_signal(2)); before that the
/// members get the signal without it.
int forward_signal(const Spec& spec, const signalfd_siginfo& signal, pid_t pid,
                   bool to_group = false);

/// PIPE and XFSZ that we brought upon ourselves: write(2) told us, and they are for nobody else.
[[nodiscard]] bool is_of_our_writing(const signalfd_siginfo& signal);

/// kill(2) for the group that a child of ours was given, or for the child alone if it has left that
/// group. KILL goes to both. The child has not been reaped.
void send_to_group(pid_t pid, int signal);

/// Tells the program, or its group if signals go there, to end, on our own account. Returns the
/// signal.
int send_stop(const Spec& spec, pid_t pid);

/// kill(2), where a refusal (the program became another user) is a warning and never an end.
void send_signal(pid_t target, int signal);

}  // namespace indexrun::launch
