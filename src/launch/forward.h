// SPDX-License-Identifier: Apache-2.0
// Hands a signal on to the program.
#pragma once

#include <sys/signalfd.h>
#include <sys/types.h>

namespace indexrun::launch {

/// Sends what was received on to `pid`, with its value if it was sent with one (sigqueue(3)). A
/// signal that the terminal sent to our process group goes to the program's group, as the terminal
/// would have sent it there; the two groups are different, so nobody gets it twice. The program has
/// not been reaped.
void forward_signal(const signalfd_siginfo& signal, pid_t pid);

/// kill(2) for the group that a child of ours was given, or for the child alone if it has left that
/// group. KILL goes to both. The child has not been reaped.
void send_to_group(pid_t pid, int signal);

/// kill(2), where a refusal (the program became another user) is a warning and never an end.
void send_signal(pid_t target, int signal);

}  // namespace indexrun::launch
