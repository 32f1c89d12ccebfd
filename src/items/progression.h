// SPDX-License-Identifier: Apache-2.0
// A..B[..STEP]: whole numbers at equal distances.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indexrun::items {

/// At least 1 and at most 2^63 numbers, all within 64 bits with a sign.
struct Progression {
  std::int64_t first = 0;
  std::uint64_t step = 1;  ///< not 0
  bool down = false;
  std::uint64_t count = 1;

  /// The number at `position` (less than `count`), in decimal.
  [[nodiscard]] std::string at(std::uint64_t position) const;
  /// Where this number stands, if it does.
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view number) const;
};

/// Whether the text must be meant as a progression, right or wrong: it has digits and two dots, and
/// nothing that no number has.
[[nodiscard]] bool is_progression(std::string_view text);

/// Reads A..B or A..B..STEP, both ends included: A and B are decimal, perhaps with a minus, without
/// leading zeros; STEP is
/// positive, and 1 if not given. If B is less than A the numbers descend. What is wrong with the
/// text is put into `fault`; then there is no value.
[[nodiscard]] std::optional<Progression> parse_progression(std::string_view text,
                                                           std::string& fault);

}  // namespace indexrun::items
