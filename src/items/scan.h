// SPDX-License-Identifier: Apache-2.0
// Passing over lines fast: the way to the wanted line of a long list.
#pragma once

#include "items/scan_kernel.h"

#include <cstdint>
#include <string_view>

namespace indexrun::items {

/// The kernel of scan_kernel.h that is the fastest on this machine.
Scanned scan_lines(std::string_view bytes, std::uint64_t wanted, bool& blank_so_far);

/// Whether scan_avx2() exists in this build and may be called on this machine.
[[nodiscard]] bool has_avx2();

}  // namespace indexrun::items
