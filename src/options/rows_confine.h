// SPDX-License-Identifier: Apache-2.0
// What the program may not do.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kConfineRows[] = {
    {Id::kUser, "user", 0, {"USER[:GROUP]"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run the program as this user, by number or name"},
    {Id::kGroups, "groups", 0, {"LIST"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kMayBeEmpty,
     "the program's supplementary groups: 10,audio or none"},
    {Id::kCapDrop, "cap-drop", 0, {"NAME,..."}, Group::kConfine, kLauncher | kForSeccomp,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "take away capabilities, or ALL"},
    {Id::kCapAdd, "cap-add", 0, {"NAME,..."}, Group::kConfine, kLauncher | kForSeccomp,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "capabilities that stay although ALL are dropped"},
    {Id::kSecurebits, "securebits", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "set securebits, such as noroot, or all-locked"},
    {Id::kNoNewPrivs, "no-new-privs", 0, {}, Group::kConfine, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "set-user-ID programs gain nothing"},
    {Id::kLimit, "limit", 0, {"NAME=SOFT[:HARD]"}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kMapping, kNotEmpty,
     "set a resource limit, such as nofile=1024 or as=2G"},
    {Id::kUmask, "umask", 0, {"MODE"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's umask, octal"},
    {Id::kNice, "nice", 0, {"N"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's nice value (-20..19)"},
    {Id::kOomScoreAdj, "oom-score-adj", 0, {"N"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "the program's oom_score_adj (-1000..1000)"},
    {Id::kCpus, "cpus", 0, {"LIST"}, Group::kConfine, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "run the program on these processors only: 0,2-5"},
    {Id::kCloseFds, "close-fds", 0, {}, Group::kConfine, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "pass on no descriptors but 0, 1 and 2"},
    {Id::kKeepFd, "keep-fd", 0, {"N,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "pass on these too, and no others"},
    {Id::kSeccomp, "seccomp", 0, {"PROFILE"}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "a seccomp profile of OCI, Docker, Podman; or default, batch"},
    {Id::kSeccompDeny, "seccomp-deny", 0, {"NAME,..."}, Group::kConfine, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "system calls, or groups such as @mount, that fail"},
    {Id::kReportDenials, "report-denials", 0, {}, Group::kConfine, kLauncher,
     Merge::kFlag, Yaml::kFlag, kNotEmpty,
     "tell which system calls these filters denied"},
};
// clang-format on

}  // namespace indexrun::options
