// SPDX-License-Identifier: Apache-2.0
// Enters a Landlock domain: part of the second phase, system calls on plain data (apply.h).
#pragma once

#include "confine/apply.h"

#include <cstdint>

namespace indexrun::confine {

/// What to enter, and what must be refused from then on.
struct Restriction {
  int ruleset = -1;  ///< -1: nothing to enter
  std::uint32_t flags = 0;
  bool root_unreadable = false;  ///< no rule lets "/" be listed
  bool root_unwritable = false;  ///< no rule lets files of "/" be written
  bool no_bind = false;          ///< port 0 is never among the ports
  bool no_connect = false;
  bool no_signal = false;  ///< our parent is outside
};

/// After no_new_privs, before the filter. There is no asking the kernel for a domain, so what it
/// must refuse is tried: nothing of that leaves a trace or reaches anybody, should it succeed.
Failed restrict_access(const Restriction& restriction) noexcept;

}  // namespace indexrun::confine
