// SPDX-License-Identifier: Apache-2.0
// A user or group id as a text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace indexrun::confine {

/// Plain decimal below 2^32-1, which means "unchanged" to the kernel (setresuid(2)). Leading zeros
/// are refused: "0042" is 34 to half of the tools that take ids.
[[nodiscard]] std::optional<std::uint32_t> parse_id(std::string_view text);

/// Only digits, so a number and never a name.
[[nodiscard]] bool is_number(std::string_view text);

}  // namespace indexrun::confine
