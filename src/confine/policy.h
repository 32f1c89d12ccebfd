// SPDX-License-Identifier: Apache-2.0
// What the workload is to be left with, as the user says it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::confine {

/// What Landlock (landlock(7)) lets the workload reach. The paths are an item's (domain.h).
struct AccessPolicy {
  bool paths = false;    ///< --ro, --rw or --exec: files that none of them names are out of reach
  bool narrows = false;  ///< --ro or --exec is among them
  bool batch = false;    ///< --confine batch: as batch_grants() says (batch.h)
  /// --tcp-bind, --tcp-connect: if there, the only ports, each from 1; else any port.
  std::optional<std::vector<std::uint16_t>> tcp_bind = {};
  std::optional<std::vector<std::uint16_t>> tcp_connect = {};
  bool scope_signal = false;         ///< --scope signal: none to processes outside
  bool scope_abstract_unix = false;  ///< --scope abstract-unix: none of those outside
                                     /// --landlock: what the kernel cannot keep is told, not
                                     /// refused. If not given: false, but true for
  /// what only --confine batch asks for.
  std::optional<bool> best_effort = {};

  [[nodiscard]] bool empty() const {
    return !paths && !batch && !tcp_bind && !tcp_connect && !scope_signal && !scope_abstract_unix;
  }
};

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
  std::vector<std::string> seccomp_deny = {};  ///< --seccomp-deny: names of system calls
  AccessPolicy access = {};
  bool batch = false;  ///< --confine batch: with_batch() says what it stands for (batch.h)

  [[nodiscard]] bool empty() const {
    return !user && cap_drop.empty() && cap_add.empty() && !no_new_privs && seccomp_deny.empty() &&
           access.empty() && !batch;
  }
};

}  // namespace indexrun::confine
