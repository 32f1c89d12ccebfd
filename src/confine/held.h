// SPDX-License-Identifier: Apache-2.0
// What this process may do now.
#pragma once

#include <cstdint>

namespace indexrun::confine {

/// Whether the capability (capabilities(7), CAP_...) is in the effective set of this process.
[[nodiscard]] bool holds(int capability);

/// The bounding set of this process, one bit a capability.
[[nodiscard]] std::uint64_t bounding_set();

}  // namespace indexrun::confine
