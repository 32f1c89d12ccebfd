// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/classes.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace indexrun::confine {
namespace {

constexpr char kEqual = '=';
constexpr char kLess = '<';  // and greater, where that is no outcome of its own
constexpr char kGreater = '>';

/// The beginning of a word, most significant bits first, and how each comparison stands with it.
struct Prefix {
  std::string outcomes;
  std::uint32_t word = 0;
};

/// Once a bit differs, what follows it changes nothing.
Prefix extended(Prefix prefix, const std::vector<Comparison>& comparisons, std::uint32_t bit,
                bool set) {
  prefix.word |= set ? bit : 0;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Comparison& one = comparisons[i];
    const bool has = set && (one.mask & bit) != 0;
    const bool wants = (one.value & bit) != 0;
    if (prefix.outcomes[i] == kEqual && has != wants) {
      prefix.outcomes[i] = one.ordered && has ? kGreater : kLess;
    }
  }
  return prefix;
}

/// Of the prefixes for which every comparison stands the same, the least goes on.
void merge(std::vector<Prefix>& prefixes) {
  std::ranges::sort(prefixes, {},
                    [](const Prefix& one) { return std::tie(one.outcomes, one.word); });
  const auto same = [](const Prefix& one, const Prefix& other) {
    return one.outcomes == other.outcomes;
  };
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end(), same), prefixes.end());
}

/// The same comparison once, as an ordered one if either is.
void merge(std::vector<Comparison>& comparisons) {
  const auto constants = [](const Comparison& one) { return std::tie(one.mask, one.value); };
  std::ranges::sort(comparisons, [&](const Comparison& one, const Comparison& other) {
    return constants(one) != constants(other) ? constants(one) < constants(other)
                                              : one.ordered > other.ordered;
  });
  const auto same = [&](const Comparison& one, const Comparison& other) {
    return constants(one) == constants(other);
  };
  comparisons.erase(std::unique(comparisons.begin(), comparisons.end(), same), comparisons.end());
}

}  // namespace

std::optional<std::vector<std::uint32_t>> representatives(std::vector<Comparison> comparisons) {
  merge(comparisons);
  std::uint32_t mattering = 0;
  for (const Comparison& one : comparisons) {
    mattering |= one.mask | one.value;
  }
  std::vector<Prefix> prefixes = {{std::string(comparisons.size(), kEqual)}};
  for (std::uint32_t bit = 1U << 31; bit != 0; bit >>= 1) {
    if ((mattering & bit) == 0) {
      continue;
    }
    std::vector<Prefix> longer;
    for (const Prefix& prefix : prefixes) {
      longer.push_back(extended(prefix, comparisons, bit, false));
      longer.push_back(extended(prefix, comparisons, bit, true));
    }
    merge(longer);
    if (longer.size() > kMostClasses) {
      return std::nullopt;
    }
    prefixes = std::move(longer);
  }
  std::vector<std::uint32_t> words;
  for (const Prefix& prefix : prefixes) {
    words.push_back(prefix.word);
  }
  std::ranges::sort(words);
  return words;
}

}  // namespace indexrun::confine
