// SPDX-License-Identifier: Apache-2.0
// What the program may reach.
#pragma once

#include "options/row.h"

namespace indexrun::options {

// clang-format off
inline constexpr Option kAccessRows[] = {
    {Id::kRo, "ro", 0, {"PATH"}, Group::kAccess, kLauncher,
     Merge::kOneLevel, Yaml::kList, kNotEmpty,
     "the program may read what is beneath this path"},
    {Id::kRw, "rw", 0, {"PATH"}, Group::kAccess, kLauncher,
     Merge::kOneLevel, Yaml::kList, kNotEmpty,
     "it may also write there; with a slash at its end it is made"},
    {Id::kExec, "exec", 0, {"PATH"}, Group::kAccess, kLauncher,
     Merge::kOneLevel, Yaml::kList, kNotEmpty,
     "it may read and execute what is beneath this path"},
    {Id::kTcpBind, "tcp-bind", 0, {"PORT,..."}, Group::kAccess, kLauncher,
     Merge::kOneLevel, Yaml::kList, kNotEmpty,
     "the only TCP ports it may listen at, or none"},
    {Id::kTcpConnect, "tcp-connect", 0, {"PORT,..."}, Group::kAccess, kLauncher,
     Merge::kOneLevel, Yaml::kList, kNotEmpty,
     "the only TCP ports it may connect to, or none"},
    {Id::kScope, "scope", 0, {"WHAT,..."}, Group::kAccess, kLauncher,
     Merge::kAddUp, Yaml::kList, kNotEmpty,
     "keep from other processes: signal, abstract-unix"},
    {Id::kLandlock, "landlock", 0, {"HOW"}, Group::kAccess, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "strict (default): refuse what the kernel cannot keep; best-effort"},
    {Id::kPrivateTmp, "private-tmp", 0, {"DIR"}, Group::kAccess, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "its TMPDIR is a new directory in DIR, removed at the end"},
    {Id::kPrivateHome, "private-home", 0, {"DIR"}, Group::kAccess, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "its HOME is a new directory in DIR, removed at the end"},
    {Id::kConfine, "confine", 0, {"PRESET"}, Group::kAccess, kLauncher,
     Merge::kStrongest, Yaml::kScalar, kNotEmpty,
     "batch: no privileges, read-only but for --rw; show: tells what holds"},
};
// clang-format on

}  // namespace indexrun::options
