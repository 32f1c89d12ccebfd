// SPDX-License-Identifier: Apache-2.0
#include "options/roles.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <optional>
#include <string>
#include <string_view>

namespace indexrun::options {

namespace {

constexpr std::string_view kExpected = ", expected RANGE=NAME, such as 0=master or 1..=worker";

/// N, A..B or A..; nothing for anything else.
std::optional<items::Role> read_range(std::string_view text) {
  items::Role role;
  const std::size_t dots = text.find("..");
  const auto first = parse_decimal(text.substr(0, dots));
  if (!first) {
    return std::nullopt;
  }
  role.first = *first;
  if (dots == std::string_view::npos) {
    role.last = *first;
  } else if (const std::string_view end = text.substr(dots + 2); !end.empty()) {
    const auto last = parse_decimal(end);
    if (!last) {
      return std::nullopt;
    }
    role.last = *last;
  }
  return role;
}

bool is_role_name(std::string_view name) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return !name.empty() && name.find_first_not_of(kLetters) == std::string_view::npos;
}

}  // namespace

Result<items::Role> role_value(const Setting& setting) {
  const std::string& text = setting.value();
  const std::size_t equals = text.find('=');
  auto role = read_range(std::string_view(text).substr(0, equals));
  if (equals == std::string::npos || !role) {
    return usage_error(where(setting), "found " + quote(text) + std::string(kExpected));
  }
  if (role->last < role->first) {
    return usage_error(where(setting),
                       "found " + quote(text) + ", a range that ends before it begins");
  }
  role->name = text.substr(equals + 1);
  if (!is_role_name(role->name)) {
    return usage_error(
        where(setting),
        "found " + quote(text) + ", expected a NAME of letters, digits, '-', '_' and '.'");
  }
  return std::move(*role);
}

}  // namespace indexrun::options
