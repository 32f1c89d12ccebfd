// SPDX-License-Identifier: Apache-2.0
// Plain decimal numbers: ASCII digits and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace indexrun {

/// One or more ASCII digits, at most 2^64-1. Leading zeros are decimal ("007" is 7), never octal.
/// Sign, space, empty text, hexadecimal, exponents and other scripts' digits are nothing.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace indexrun
