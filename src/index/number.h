// SPDX-License-Identifier: Apache-2.0
// The strict reading of an index: plain decimal, and a message that says what was found instead.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string_view>

namespace indexrun::index {

/// The number that `text` is. Only ASCII digits, at most 2^64-1, leading zeros allowed ("007" is
/// 7). Everything else is a kConfig error about `source` ("--index", a variable, a path).
Result<std::uint64_t> read_number(std::string_view text, std::string_view source);

/// The text holds a $(...), ${...} or {{...}} that somebody should have replaced before.
[[nodiscard]] bool holds_reference(std::string_view text);

}  // namespace indexrun::index
