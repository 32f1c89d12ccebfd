// SPDX-License-Identifier: Apache-2.0
// Well-formed UTF-8 (Unicode 15, table 3-7).
#pragma once

#include <cstddef>
#include <string_view>

namespace indexrun {

/// How many bytes the character at the start of `text` has, 1 to 4; 0 if `text` is empty or does
/// not start with a well-formed character (overlong forms and surrogates are not well-formed).
[[nodiscard]] std::size_t utf8_length(std::string_view text);

}  // namespace indexrun
