// SPDX-License-Identifier: Apache-2.0
// The padding of a placeholder, ":%05d" or ":%10s", read and done here: no text of the user ever
// reaches printf.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace indexrun::templates {

/// Spaces or zeros at the left. The default changes nothing.
struct Padding {
  unsigned width = 0;    ///< bytes, 1..255; a longer value is never cut; 0: no padding
  bool zeros = false;    ///< ":%0...": zeros instead of spaces
  bool decimal = false;  ///< "d": the value must be a whole number; zeros go after its sign
};

/// ":%" ["0"] WIDTH ("d"|"s"), WIDTH 1..255 without leading zeros; nothing for anything else. The
/// empty text is the default.
[[nodiscard]] std::optional<Padding> parse_padding(std::string_view text);

/// Appends the padded value. False, with `out` unchanged, if `decimal` is asked of something that
/// is not an optional minus and ASCII digits; leading zeros of such a number do not count, and
/// there is no limit to its size.
[[nodiscard]] bool append_padded(std::string& out, std::string_view value, Padding padding);

}  // namespace indexrun::templates
