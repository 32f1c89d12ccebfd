// SPDX-License-Identifier: Apache-2.0
// From rules to a program for the kernel, through libseccomp, and the proof that it is right.
#pragma once

#include "base/deadline.h"
#include "base/result.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/rules.h"

#include <string_view>
#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

/// libseccomp does not come to an end for some rule sets, so it works in a process of its own,
/// which is killed after this time. Ordinary profiles take 10 ms.
struct CompileLimits {
  unsigned cpu_seconds = 10;
  Milliseconds wall{120'000};  ///< many times more: the machine may be busy, or the container slow
};

/// libseccomp's part, as struct sock_filter to a descriptor: 0 or an errno. May never come to an
/// end.
int export_program(const Profile& profile, int fd);

/// Compiles `profile`, puts before it what libseccomp cannot express, and holds the whole against
/// `rules`, which are those of the profile. Every Error names `object`.
///
/// kConfine: libseccomp took too long, failed, or made a wrong program. kConfig: the program has
/// more than the 4096 instructions that the kernel takes.
Result<std::vector<sock_filter>> compile(std::string_view object, const Profile& profile,
                                         const RuleSet& rules, CompileLimits limits = {});

}  // namespace indexrun::confine
