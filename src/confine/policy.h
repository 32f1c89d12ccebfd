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
  std::optional<std::string> user;        ///< --user UID[:GID]
  std::vector<std::string> cap_drop;      ///< --cap-drop ALL or names
  std::vector<std::string> cap_add;       ///< --cap-add: kept although dropped by ALL
  bool no_new_privs = false;              ///< --no-new-privs; implied by seccomp
  std::vector<std::string> seccomp_deny;  ///< --seccomp-deny: names of system calls

  [[nodiscard]] bool empty() const {
    return !user && cap_drop.empty() && cap_add.empty() && !no_new_privs && seccomp_deny.empty();
  }
};

}  // namespace indexrun::confine
