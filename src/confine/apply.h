// SPDX-License-Identifier: Apache-2.0
// Second phase of confinement: plain system calls on plain data, between fork(2) and execve(2) or
// just before execve. Allocates nothing, throws nothing, calls nothing but system call wrappers.
#pragma once

#include "confine/prepared.h"

namespace indexrun::confine {

/// A step that failed: `error` is an errno, or 0 if everything succeeded but reads back
/// differently. `step` is kNone on success.
struct Failed {
  Step step = Step::kNone;
  int error = 0;
  int detail = 0;  ///< of a limit: which, RLIMIT_...; of a descriptor: its number

  [[nodiscard]] bool any() const { return step != Step::kNone; }
};

/// Everything but the filters, in the one order that works: what needs the rights or the user that
/// are given up (descriptors, the out-of-memory score, scheduling, limits), the bounding set while
/// CAP_SETPCAP is there, keep-capabilities, groups, gid, uid, the capability sets, ambient (which a
/// change of user clears), securebits (which would stop what is before them), no_new_privs; then
/// reads all of it back. After a failure nothing may be run.
Failed apply(const Prepared& prepared) noexcept;

/// The very last step before execve(2), so that the filters need not allow our own calls. Does
/// nothing without a filter. With prepared.asking `*listener` becomes the descriptor
/// (close-on-exec) that gets the notifications; from then on a call that is denied waits for an
/// answer.
Failed load_filters(const Prepared& prepared, int* listener) noexcept;

}  // namespace indexrun::confine
