// SPDX-License-Identifier: Apache-2.0
// What this process is and may do now: what a workload has where its policy says nothing.
#pragma once

#include "confine/prepared.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace indexrun::confine {

/// All five, one bit a capability (capabilities(7)).
struct CapabilitySets {
  std::uint64_t bounding = 0;
  std::uint64_t permitted = 0;
  std::uint64_t effective = 0;
  std::uint64_t inheritable = 0;
  std::uint64_t ambient = 0;
};

/// Real, effective, saved and file system id, as /proc/PID/status has them.
template <typename Id>
using FourIds = std::array<Id, 4>;

struct Present {
  FourIds<uid_t> uid{};
  FourIds<gid_t> gid{};
  std::vector<gid_t> groups;  ///< supplementary
  CapabilitySets capabilities;
  int last_capability = 0;  ///< the highest that this kernel knows
  unsigned securebits = 0;
  bool no_new_privs = false;
  std::vector<ResourceLimit> limits;  ///< each that the kernel has, by number
  mode_t umask = 0;
  int nice = 0;
  std::optional<int> oom_score_adj;  ///< nothing: /proc does not tell; likewise below
  std::vector<std::uint64_t> cpus;   ///< bit n of word m is processor m * 64 + n
  std::optional<std::vector<unsigned>> descriptors;  ///< that outlive execve(2), ascending
  bool filtered = false;                             ///< there is a system call filter already
  std::optional<unsigned> filters;  ///< how many; nobody without CAP_SYS_ADMIN can read them
};

/// Changes nothing. What the kernel does not tell stays as it is here.
[[nodiscard]] Present read_present();

}  // namespace indexrun::confine
