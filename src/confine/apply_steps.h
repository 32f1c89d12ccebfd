// SPDX-License-Identifier: Apache-2.0
// The parts of apply(), each with its reading back. The same rule holds for all: system calls on
// plain data, no allocation, never a function of the C library that signals other threads.
#pragma once

#include "confine/apply.h"

#include <cstdint>

namespace indexrun::confine {

constexpr std::uint64_t capability_bit(int capability) {
  return std::uint64_t{1} << capability;
}

/// Every supplementary group of this process is a wanted one or the primary group, and every wanted
/// one is there.
[[nodiscard]] bool apply_groups_match(const Identity& wanted) noexcept;
Failed apply_identity(const Identity& wanted) noexcept;
Failed apply_verify_identity(const Identity& wanted) noexcept;

Failed apply_bounding(const Capabilities& wanted) noexcept;
/// The sets, then securebits while there is CAP_SETPCAP for them.
Failed apply_capabilities(const Prepared& prepared) noexcept;
Failed apply_verify_capabilities(const Prepared& prepared) noexcept;

Failed apply_resources(const Resources& wanted) noexcept;
Failed apply_verify_resources(const Resources& wanted) noexcept;

/// Close-on-exec for all from 3 but the kept ones: what we still need stays open until execve(2).
Failed apply_descriptors(const Descriptors& wanted) noexcept;
Failed apply_verify_descriptors(const Descriptors& wanted) noexcept;

}  // namespace indexrun::confine
