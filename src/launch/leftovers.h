// SPDX-License-Identifier: Apache-2.0
// Processes that the program left behind when it ended.
#pragma once

#include "base/deadline.h"
#include "launch/loop.h"

namespace indexrun::launch {

/// From TERM to KILL for what the program left behind.
inline constexpr Milliseconds kLeftoverGrace{2'000};

/// Ends every descendant of ours: TERM, `grace`, KILL; a stop signal meanwhile brings the KILL at
/// once. Returns as soon as nothing is left. We are a subreaper, so descendants become our children
/// when their parents end; only our own children are signalled, whose pids cannot have been given
/// to anybody else. Needs /proc; without it, or if the kernel cannot end a process, gives up.
void end_leftovers(Loop& loop, Milliseconds grace);

}  // namespace indexrun::launch
