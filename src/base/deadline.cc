// SPDX-License-Identifier: Apache-2.0
#include "base/deadline.h"

#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace indexrun {

namespace {

struct Unit {
  std::string_view name;
  std::uint64_t milliseconds;
};

constexpr std::array<Unit, 6> kUnits{{
    {"ms", 1},
    {"s", 1000},
    {"m", 60 * 1000},
    {"h", 60 * 60 * 1000},
    {"d", 24 * 60 * 60 * 1000},
    {"", 1000},
}};

constexpr std::uint64_t kMost = 3650ULL * 24 * 60 * 60 * 1000;

// The digits behind the point, in units of 10^-9, cut there.
std::optional<std::uint64_t> parse_fraction(std::string_view digits) {
  constexpr std::size_t kPlaces = 9;
  if (digits.empty() || !parse_decimal(digits.substr(0, kPlaces)) ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    value = value * 10 + (i < digits.size() ? static_cast<std::uint64_t>(digits[i] - '0') : 0);
  }
  return value;
}

}  // namespace

std::optional<Milliseconds> parse_duration(std::string_view text) {
  const std::size_t unit_at = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, unit_at);
  const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                 [&](const Unit& u) { return u.name == text.substr(unit_at); });
  if (unit == kUnits.end()) {
    return std::nullopt;
  }
  const std::size_t point = number.find('.');
  const auto whole = parse_decimal(number.substr(0, point));
  const auto fraction = point == std::string_view::npos ? std::optional<std::uint64_t>(0)
                                                        : parse_fraction(number.substr(point + 1));
  if (!whole || !fraction || *whole > kMost / unit->milliseconds) {
    return std::nullopt;
  }
  constexpr std::uint64_t kScale = 1'000'000'000;
  // Rounded up: a limit that is not 0 must not become 0, which may mean "no limit".
  const std::uint64_t total =
      *whole * unit->milliseconds + (*fraction * unit->milliseconds + kScale - 1) / kScale;
  if (total > kMost) {
    return std::nullopt;
  }
  return Milliseconds(static_cast<std::int64_t>(total));
}

Deadline Deadline::in(Milliseconds duration) {
  return Deadline(std::chrono::steady_clock::now() + duration);
}

Milliseconds Deadline::left() const {
  const auto left = point_ - std::chrono::steady_clock::now();
  // Rounded up, so that a poll with what is left never wakes a moment too early and spins.
  return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(left));
}

}  // namespace indexrun
