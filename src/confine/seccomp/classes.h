// SPDX-License-Identifier: Apache-2.0
// The 32-bit words that a set of comparisons can tell apart. A filter and the rules it is made of
// only compare words of the call with constants: words for which every comparison has the same
// outcome get the same answer, so one of each class stands for them all.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace indexrun::confine {

/// `word & mask` beside `value`.
struct Comparison {
  std::uint32_t mask = 0;
  std::uint32_t value = 0;
  bool ordered = false;  ///< less and greater are two outcomes; otherwise only equal is asked for

  [[nodiscard]] std::strong_ordering of(std::uint32_t word) const {
    return (word & mask) <=> value;
  }
};

/// Masks of independent bits double the number: 16 of them are as many as can be looked at.
inline constexpr std::size_t kMostClasses = 65'536;

/// One word, the least, of each class that the comparisons make: for every word there is one in the
/// answer with the same outcome of every comparison. Ascending; one word if there is no comparison.
/// Nothing if there are more than kMostClasses.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> representatives(
    std::vector<Comparison> comparisons);

}  // namespace indexrun::confine
