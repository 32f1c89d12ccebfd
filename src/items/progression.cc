// SPDX-License-Identifier: Apache-2.0
// Arithmetic modulo 2^64, so that no distance between two numbers overflows.
#include "items/progression.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <charconv>

namespace indexrun::items {
namespace {

constexpr std::uint64_t kMost = std::uint64_t{1} << 63;

bool is_number(std::string_view text) {
  text.remove_prefix(text.starts_with('-') ? 1 : 0);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::int64_t> parse_signed(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!is_number(text) || failure != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

/// bash pads the numbers of {001..010}; here they would come out as 1 to 10.
bool is_padded(std::string_view text) {
  text.remove_prefix(text.starts_with('-') ? 1 : 0);
  return text.size() > 1 && text.starts_with('0');
}

/// "A", "B" and "STEP", empty where there is none.
struct Parts {
  std::string_view first;
  std::string_view last;
  std::string_view step;
  bool stepped = false;
};

Parts parts_of(std::string_view text) {
  Parts parts;
  const std::size_t dots = text.find("..");
  parts.first = text.substr(0, dots);
  if (dots == std::string_view::npos) {
    return parts;
  }
  text.remove_prefix(dots + 2);
  const std::size_t more = text.find("..");
  parts.last = text.substr(0, more);
  parts.stepped = more != std::string_view::npos;
  parts.step = parts.stepped ? text.substr(more + 2) : std::string_view();
  return parts;
}

}  // namespace

std::string Progression::at(std::uint64_t position) const {
  const std::uint64_t distance = position * step;
  const auto from = static_cast<std::uint64_t>(first);
  return std::to_string(static_cast<std::int64_t>(down ? from - distance : from + distance));
}

std::optional<std::uint64_t> Progression::find(std::string_view number) const {
  const auto value = parse_signed(number);
  if (!value || is_padded(number) || (down ? *value > first : *value < first)) {
    return std::nullopt;
  }
  const auto from = static_cast<std::uint64_t>(first);
  const auto to = static_cast<std::uint64_t>(*value);
  const std::uint64_t distance = down ? from - to : to - from;
  if (distance % step != 0 || distance / step >= count) {
    return std::nullopt;
  }
  return distance / step;
}

bool is_progression(std::string_view text) {
  constexpr std::string_view kOfNumbers = "0123456789.+-eE";
  return text.find("..") != std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of(kOfNumbers) == std::string_view::npos;
}

std::optional<Progression> parse_progression(std::string_view text, std::string& fault) {
  const Parts parts = parts_of(text);
  const auto first = parse_signed(parts.first);
  const auto last = parse_signed(parts.last);
  const auto step = parts.stepped ? parse_decimal(parts.step) : std::uint64_t{1};
  if (!first || !last || !step) {
    fault = "found " + quote(text) +
            ", expected A..B or A..B..STEP, whole numbers of at most 64 bits such as 1..10";
    return std::nullopt;
  }
  if (is_padded(parts.first) || is_padded(parts.last)) {
    fault = "found " + quote(text) +
            ", expected numbers without leading zeros; placeholders pad them, as in {item:%03d}";
    return std::nullopt;
  }
  if (*step == 0) {
    fault = "found " + quote(text) + ", expected a step of at least 1";
    return std::nullopt;
  }
  Progression result{.first = *first, .step = *step, .down = *last < *first};
  const auto from = static_cast<std::uint64_t>(*first);
  const auto to = static_cast<std::uint64_t>(*last);
  const std::uint64_t steps = (result.down ? from - to : to - from) / *step;
  if (steps >= kMost) {
    fault = quote(text) + " has more than 2^63 numbers";
    return std::nullopt;
  }
  result.count = steps + 1;
  return result;
}

}  // namespace indexrun::items
