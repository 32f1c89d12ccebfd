// SPDX-License-Identifier: Apache-2.0
// What the program may not do.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kConfineRows[] = {
    {Id::kUser, "user", 0, {"UID[:GID]"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run the program as this user"},
    {Id::kCapDrop, "cap-drop", 0, {"NAME,..."}, Group::kConfine, kLauncher | kForSeccomp,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "take away capabilities, or ALL"},
    {Id::kCapAdd, "cap-add", 0, {"NAME,..."}, Group::kConfine, kLauncher | kForSeccomp,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "capabilities that stay although ALL are dropped"},
    {Id::kNoNewPrivs, "no-new-privs", 0, {}, Group::kConfine, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "set-user-ID programs gain nothing"},
    {Id::kSeccomp, "seccomp", 0, {"PROFILE"}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "a seccomp profile of OCI, Docker, Podman; or default, batch"},
    {Id::kSeccompDeny, "seccomp-deny", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "system calls, or groups such as @mount, that fail"},
};
// clang-format on

}  // namespace indexrun::options
