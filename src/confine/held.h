// SPDX-License-Identifier: Apache-2.0
// What this process may do now, and on which kernel.
#pragma once

#include <cstdint>

namespace indexrun::confine {

/// Whether the capability (capabilities(7), CAP_...) is in the effective set of this process.
[[nodiscard]] bool holds(int capability);

/// The bounding set of this process, one bit a capability.
[[nodiscard]] std::uint64_t bounding_set();

/// By uname(2); false if the release cannot be read.
[[nodiscard]] bool kernel_is_at_least(int major, int minor);

}  // namespace indexrun::confine
