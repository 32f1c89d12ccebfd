// SPDX-License-Identifier: Apache-2.0
// From the end of a child to what is said about it.
#pragma once

#include "launch/loop.h"
#include "launch/outcome.h"
#include "launch/spawn.h"

namespace indexrun::launch {

/// Fills in status, duration, processor time and memory of the child that `event` (kEnded) is
/// about.
void record_end(Outcome& outcome, const Event& event, const Child& child);

}  // namespace indexrun::launch
