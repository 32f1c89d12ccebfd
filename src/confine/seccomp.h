// SPDX-License-Identifier: Apache-2.0
// --seccomp-deny: a list of system call names as a BPF program (seccomp(2)), through libseccomp.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

/// A filter under which each named call fails with EPERM and every other call is allowed, for the
/// native interface and for the older ones that the same kernel serves (on x86-64 also i386 and
/// x32, or int 0x80 would lead around the filter).
///
/// kConfig: an unknown name, or a call that we need ourselves after the filter is loaded.
/// kConfine: the compiled program does not do what the list says.
Result<std::vector<sock_filter>> compile_deny_filter(const std::vector<std::string>& names);

}  // namespace indexrun::confine
