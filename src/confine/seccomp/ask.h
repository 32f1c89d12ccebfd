// SPDX-License-Identifier: Apache-2.0
// --report-denials: filters that ask a listener (seccomp_unotify(2)) where they would refuse a call
// or log it, so that somebody learns of it and answers as they would have done.
#pragma once

#include "base/result.h"
#include "confine/seccomp/filter.h"

#include <span>
#include <vector>

namespace indexrun::confine {

/// What the kernel does with a call if these filters are loaded in this order: the strictest
/// action, and of equally strict ones that of the filter loaded last. KILL_PROCESS if a program has
/// no end.
[[nodiscard]] Action joint_verdict(std::span<const Filter> filters, const seccomp_data& call);

/// To be loaded in place of `filters`: every call whose joint verdict is an errno or LOG arrives at
/// the listener of the one filter that has SECCOMP_FILTER_FLAG_NEW_LISTENER; every other call gets
/// what it got, and so do our own last calls (own_calls.h), which are made before somebody listens.
/// Without a listener a call that asks fails with ENOSYS, so what is denied fails in any case.
///
/// One filter asks by itself. Of several, which the kernel would not let ask together, each leaves
/// its errnos to one more filter that knows all of them.
///
/// kConfig: that filter has more instructions than the kernel takes, or as order_filters().
/// kConfine: the kernel has no notifications.
Result<std::vector<Filter>> ask_listener(std::span<const Filter> filters);

}  // namespace indexrun::confine
