// SPDX-License-Identifier: Apache-2.0
// Every refusal says what was found and what was expected.
#include "options/values.h"

#include "base/decimal.h"
#include "base/near_miss.h"
#include "base/quote.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace indexrun::options {

namespace {

Error unexpected(const Setting& setting, std::string_view expected, std::string hint = {}) {
  return usage_error(where(setting),
                     "found " + quote(setting.value()) + ", expected " + std::string(expected),
                     std::move(hint));
}

/// Whether the form of a duration is right, whatever its number.
bool has_duration_form(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits > 0 && parse_duration("1" + std::string(text.substr(digits)));
}

}  // namespace

namespace {

/// Digits alone, too many for 64 bits.
bool is_too_large(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
         !parse_decimal(text);
}

}  // namespace

Result<std::uint64_t> number_value(const Setting& setting) {
  if (const auto number = parse_decimal(setting.value())) {
    return *number;
  }
  return unexpected(setting, is_too_large(setting.value()) ? "a number below 2^64"
                                                           : "a whole number in decimal digits");
}

Result<std::uint64_t> positive_value(const Setting& setting) {
  if (const auto number = parse_decimal(setting.value()); number && *number > 0) {
    return *number;
  }
  return unexpected(setting, is_too_large(setting.value())
                                 ? "a number below 2^64"
                                 : "a whole number from 1 in decimal digits");
}

Result<int> integer_value(const Setting& setting, int least, int most) {
  const std::string_view text = setting.value();
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    return unexpected(
        setting, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

Result<Milliseconds> duration_value(const Setting& setting) {
  if (const auto duration = parse_duration(setting.value())) {
    return *duration;
  }
  if (has_duration_form(setting.value())) {
    return unexpected(setting, "at most 10 years, which is 3650d");
  }
  return unexpected(setting, "a number with ms, s, m, h or d (default s), such as 90 or 1.5m");
}

Result<mode_t> mode_value(const Setting& setting) {
  const std::string& text = setting.value();
  mode_t mode = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (failure != std::errc() || end != text.data() + text.size() || mode > 0777) {
    return unexpected(setting, "an octal mode from 0 to 0777");
  }
  return mode;
}

Result<std::size_t> word_value(const Setting& setting, std::span<const std::string_view> words) {
  std::string expected;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == setting.value()) {
      return i;
    }
    expected.append(i == 0 ? "" : i + 1 == words.size() ? " or " : ", ").append(words[i]);
  }
  std::string hint;
  if (const auto near = near_miss(setting.value(), words)) {
    hint = std::string("did you mean ").append(*near).append("?");
  }
  return unexpected(setting, expected, std::move(hint));
}

Result<void> check_not_empty(const Setting& setting) {
  const Option& option = *setting.option;
  for (std::size_t i = 0; i < option.arity(); ++i) {
    // The second value of --write-text is a text like any other.
    const bool may_be_empty = option.may_be_empty || (option.id == Id::kWriteText && i == 1);
    if (setting.values[i].empty() && !may_be_empty) {
      return usage_error(where(setting),
                         std::string("is empty, expected ").append(option.values[i]));
    }
  }
  return {};
}

}  // namespace indexrun::options
