// SPDX-License-Identifier: Apache-2.0
// Whose orphans are whose.
#pragma once

namespace indexrun::launch {

/// PID 1 of our namespace: the kernel hands us all orphans, and ends all processes after us.
[[nodiscard]] bool first_process();

/// Orphans come to us (PR_SET_CHILD_SUBREAPER, prctl(2)) instead of going to a process that may not
/// be waiting for them. A refusal is a warning.
///
/// `parent_death_signal`: what we get when our own parent ends (PR_SET_PDEATHSIG); 0: nothing.
void become_reaper(int parent_death_signal = 0);

}  // namespace indexrun::launch
