// SPDX-License-Identifier: Apache-2.0
// Does a compiled program do what its rules say, and nothing else?
#pragma once

#include "confine/seccomp/rules.h"

#include <optional>
#include <span>
#include <string>

#include <linux/filter.h>

namespace indexrun::confine {

/// Asks the program about every number of every interface up to beyond the highest known one, of
/// unlisted interfaces too. Where rules have conditions, with every combination of the values at
/// which one of them may change: its value, its neighbours, each 32-bit half on its own, the ends
/// of the range, the bits of masks. Of more than kMostCombinations a fixed sample is asked, besides
/// the points where the rules hold.
///
/// The first wrong answer in words, or nothing.
[[nodiscard]] std::optional<std::string> find_difference(std::span<const sock_filter> program,
                                                         const RuleSet& rules);

inline constexpr std::size_t kMostCombinations = 20'000;

}  // namespace indexrun::confine
