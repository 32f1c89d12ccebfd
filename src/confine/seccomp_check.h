// SPDX-License-Identifier: Apache-2.0
// Does a compiled deny filter deny what it should, and nothing else?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

/// One system call interface of this machine: its token in libseccomp and what must be denied.
struct DeniedCalls {
  std::uint32_t architecture = 0;  ///< SCMP_ARCH_*
  /// As libseccomp numbers them; negative numbers from -101 and -201 on are the calls that i386
  /// reaches through socketcall(2) and ipc(2).
  std::vector<int> numbers;
};

/// Asks the filter about every number that the interfaces are likely to have, every denied number,
/// and every multiplexed call. The first wrong answer in words, or nothing.
[[nodiscard]] std::optional<std::string> find_difference(std::span<const sock_filter> filter,
                                                         std::span<const DeniedCalls> interfaces);

}  // namespace indexrun::confine
