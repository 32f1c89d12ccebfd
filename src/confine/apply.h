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

  [[nodiscard]] bool any() const { return step != Step::kNone; }
};

/// Everything but the filters, in the one order that works: bounding set while CAP_SETPCAP is
/// there, keep-capabilities, groups, gid, uid, the capability sets, ambient (which a change of user
/// clears), no_new_privs; then reads all of it back. After a failure nothing may be run.
Failed apply(const Prepared& prepared) noexcept;

/// The very last step before execve(2), so that the filters need not allow our own calls. Does
/// nothing without a filter.
Failed load_filters(const Prepared& prepared) noexcept;

}  // namespace indexrun::confine
