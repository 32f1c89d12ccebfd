// SPDX-License-Identifier: Apache-2.0
// Standard streams that were closed when we were started.
#pragma once

namespace indexrun::launch {

/// Fills the gaps among descriptors 0, 1 and 2, or the next file we open would become the
/// workload's standard output. Reading and writing them still fails with EBADF, as if closed; the
/// placeholders are close-on-exec, so the workload finds its streams closed as we did. Call first
/// in main.
void guard_stdio() noexcept;

}  // namespace indexrun::launch
