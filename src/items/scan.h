// SPDX-License-Identifier: Apache-2.0
// Passing over lines and records fast: the way to the wanted one of a long list.
#pragma once

#include "items/scan_kernel.h"

#include <cstdint>
#include <string_view>

namespace indexrun::items {

/// The kernel of scan_kernel.h that is the fastest on this machine.
Scanned scan_lines(std::string_view bytes, std::uint64_t wanted, bool& blank_so_far);

/// Likewise for the records of a CSV text.
RecordsScanned scan_records(std::string_view bytes, std::uint64_t wanted, RecordState& state);

/// Whether scan_avx2() exists in this build and may be called on this machine.
[[nodiscard]] bool has_avx2();

}  // namespace indexrun::items
