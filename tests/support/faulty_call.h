// SPDX-License-Identifier: Apache-2.0
// A kernel that refuses one system call, or says yes and does nothing.
#pragma once

#include <cstdint>
#include <optional>

namespace indexrun::test {

struct FaultyCall {
  long number = -1;                               ///< SYS_...
  std::optional<std::uint32_t> first_argument{};  ///< only with this one
  /// What it fails with; 0: it returns success without having been done.
  int error = 0;
  bool only_with_third = false;  ///< of prlimit64, only setting: the third argument is not null
};

/// Installs a filter for this process and all it becomes. False if that is not possible. Takes
/// no_new_privs only where a filter cannot be had without.
[[nodiscard]] bool make_faulty(const FaultyCall& call);

}  // namespace indexrun::test
