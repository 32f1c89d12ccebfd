// SPDX-License-Identifier: Apache-2.0
// Left padding with spaces or zeros.
#include "templates/padding.h"

#include "base/decimal.h"

#include <algorithm>
#include <cstddef>

namespace indexrun::templates {
namespace {

struct WholeNumber {
  bool negative = false;
  std::string_view digits;  // without leading zeros, but for a lone one
};

std::optional<WholeNumber> parse_whole_number(std::string_view text) {
  WholeNumber number;
  if (text.starts_with('-')) {
    number.negative = true;
    text.remove_prefix(1);
  }
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  number.digits = text;
  number.negative = number.negative && text != "0";
  return number;
}

}  // namespace

std::optional<Padding> parse_padding(std::string_view text) {
  if (text.empty()) {
    return Padding{};
  }
  if (!text.starts_with(":%") || !(text.ends_with('d') || text.ends_with('s'))) {
    return std::nullopt;
  }
  Padding padding;
  padding.decimal = text.ends_with('d');
  text.remove_prefix(2);
  text.remove_suffix(1);
  if (text.starts_with('0')) {
    padding.zeros = true;
    text.remove_prefix(1);
  }
  const auto width = parse_decimal(text);
  if (!width || *width == 0 || *width > 255 || text.front() == '0') {
    return std::nullopt;
  }
  padding.width = static_cast<unsigned>(*width);
  return padding;
}

bool append_padded(std::string& out, std::string_view value, Padding padding) {
  bool negative = false;
  if (padding.decimal) {
    const auto number = parse_whole_number(value);
    if (!number) {
      return false;
    }
    negative = number->negative;
    value = number->digits;
  }
  const std::size_t length = value.size() + (negative ? 1 : 0);
  const std::size_t missing = padding.width > length ? padding.width - length : 0;
  if (!padding.zeros) {
    out.append(missing, ' ');
  }
  if (negative) {
    out.push_back('-');
  }
  if (padding.zeros) {
    out.append(missing, '0');
  }
  out.append(value);
  return true;
}

}  // namespace indexrun::templates
