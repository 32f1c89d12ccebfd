// SPDX-License-Identifier: Apache-2.0
// Durations as users write them, and points on the monotonic clock.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace indexrun {

using Milliseconds = std::chrono::milliseconds;

/// A decimal number, optionally with a fraction, and an optional unit ms, s, m, h or d (default s):
/// "30", "1.5s", "250ms", "2h". Nothing for anything else or for more than 10 years.
/// Parts of a millisecond are rounded up.
[[nodiscard]] std::optional<Milliseconds> parse_duration(std::string_view text);

/// A point in time on CLOCK_MONOTONIC.
class Deadline {
 public:
  static Deadline in(Milliseconds duration);
  static Deadline now() { return in(Milliseconds(0)); }

  /// Time until the deadline, never negative.
  [[nodiscard]] Milliseconds left() const;
  [[nodiscard]] bool passed() const { return left() == Milliseconds(0); }
  auto operator<=>(const Deadline&) const = default;

 private:
  explicit Deadline(std::chrono::steady_clock::time_point point) : point_(point) {}
  std::chrono::steady_clock::time_point point_;
};

}  // namespace indexrun
