// SPDX-License-Identifier: Apache-2.0
// What the workload is to be left with, as the user says it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace indexrun::confine {

/// Texts as the user wrote them; prepare() judges them. An empty policy changes nothing and costs
/// nothing.
struct Policy {
  /// --user UID[:GID], numbers. Without GID the group has the same number as the user: a program
  /// that is to run without root's rights does not keep root's group either. `UID:0` is what
  /// Docker and Kubernetes do. Supplementary groups are always cleared.
  std::optional<std::string> user = {};
  /// --cap-drop ALL or names: taken from what this process has.
  std::vector<std::string> cap_drop = {};
  /// --cap-add: kept although dropped by ALL. A user other than 0 gets exactly these (as ambient
  /// capabilities, so that they survive execve(2)).
  std::vector<std::string> cap_add = {};
  bool no_new_privs = false;                   ///< --no-new-privs; implied by seccomp
  std::vector<std::string> seccomp_deny = {};  ///< --seccomp-deny: system calls and @groups
  /// --seccomp: paths of profiles, or names of built-in ones; the strongest level first.
  std::vector<std::string> seccomp = {};

  /// Whether there will be a system call filter.
  [[nodiscard]] bool filters() const { return !seccomp_deny.empty() || !seccomp.empty(); }

  [[nodiscard]] bool empty() const {
    return !user && cap_drop.empty() && cap_add.empty() && !no_new_privs && !filters();
  }
};

}  // namespace indexrun::confine
