// SPDX-License-Identifier: Apache-2.0
#include "confine/id.h"

#include "base/decimal.h"

#include <limits>

namespace indexrun::confine {

std::optional<std::uint32_t> parse_id(std::string_view text) {
  const auto number = parse_decimal(text);
  const bool padded = text.size() > 1 && text.front() == '0';
  if (!number || padded || *number >= std::numeric_limits<std::uint32_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*number);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace indexrun::confine
