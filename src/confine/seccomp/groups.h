// SPDX-License-Identifier: Apache-2.0
// The words of --seccomp-deny: system calls by name, and groups of them.
#pragma once

#include "base/result.h"
#include "confine/seccomp/profile.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

struct CallGroup {
  std::string_view name;   ///< with its @
  std::string_view about;  ///< for help and manual
  std::string_view calls;  ///< names and groups, separated by blanks
};

/// All groups, by name. Where systemd has a group of that name (systemd-analyze syscall-filter), it
/// is that group and the calls of its kind that came later.
[[nodiscard]] std::span<const CallGroup> call_groups();

/// The profile that a deny list stands for: every interface of this machine; the named calls fail
/// with EPERM, all others are allowed. The groups that need conditions have them: @userns and
/// @namespaces look at the flags of clone(2), unshare(2) and setns(2), and give clone3(2), whose
/// flags no filter can read, ENOSYS, for which programs fall back to clone(2).
///
/// kConfig: an unknown group or call, with the nearest one.
Result<Profile> deny_profile(std::span<const std::string> words);

}  // namespace indexrun::confine
