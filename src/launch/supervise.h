// SPDX-License-Identifier: Apache-2.0
// Supervise mode: the program is our child, we are its init.
#pragma once

#include "base/result.h"
#include "launch/outcome.h"
#include "launch/request.h"

namespace indexrun::launch {

/// Runs the program to its end, and what it leaves behind to its own.
///
/// Signals: every signal is forwarded as Spec::map_signal and signal_to say, except SIGCHLD and the
/// synchronous faults, which are our own; none before the program exists, for a stop signal that is
/// there by then keeps it from starting (kStopped). A TERM that comes or is sent begins the grace
/// period, after which the program's group is killed; a second one goes to the group and shortens
/// it. Other signals do not (HUP may mean "reload", INT "interrupt"). --timeout sends TERM itself.
/// A stopped program is continued so that it can obey.
///
/// Job control: with a terminal on standard input and us in its foreground, the program's group
/// gets the foreground; when the program is stopped from there, so are we, and both go on together.
///
/// At the end: orphans have been reaped all along, as PID 1 or as a subreaper. Processes that the
/// program left behind are ended, or waited for (leftovers.h).
///
/// From the start of the program on this process has its standard input and output on /dev/null, no
/// other descriptors than `request.keep` and what its outputs pass through, and / as its working
/// directory; not where another attempt may follow.
///
/// With request.input the program reads from a pipe that is filled as long as it reads; then only
/// inherited descriptors are closed, and the working directory stays. An error of that source ends
/// the program as --timeout does and is returned in place of its outcome. So is a copy of its
/// output that is not whole, if the program succeeded.
Result<Outcome> supervise(const Request& request);

}  // namespace indexrun::launch
