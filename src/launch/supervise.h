// SPDX-License-Identifier: Apache-2.0
// Supervise mode: the program is our child, we are its init.
#pragma once

#include "base/result.h"
#include "launch/outcome.h"
#include "launch/request.h"

namespace indexrun::launch {

/// Runs the program to its end.
///
/// Signals: every signal is forwarded, except SIGCHLD and the synchronous faults, which are our
/// own; none before the program exists, for a stop signal that is there by then keeps it from
/// starting (kStopped). A forwarded TERM starts the grace period, after which the program's group
/// is killed; other signals do not (HUP may mean "reload", INT "interrupt"). --timeout sends TERM
/// itself. A stopped program is continued so that it can obey.
///
/// Job control: with a terminal on standard input and us in its foreground, the program's group
/// gets the foreground; when the program is stopped from there, so are we, and both go on together.
///
/// At the end: orphans have been reaped all along, as PID 1 or as a subreaper. Processes that the
/// program left behind are ended (leftovers.h), except as PID 1, where the kernel does that.
///
/// From the start of the program on this process has its standard input and output on /dev/null, no
/// other descriptors than `request.keep`, and / as its working directory.
///
/// With request.input the program reads from a pipe that is filled as long as it reads; then only
/// inherited descriptors are closed, and the working directory stays. An error of that source ends
/// the program as --timeout does and is returned in place of its outcome.
Result<Outcome> supervise(const Request& request);

}  // namespace indexrun::launch
