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
/// unlisted interfaces too; where rules have conditions, about every value of their arguments (see
/// prove()). What has too many cases for that counts as different.
///
/// The first wrong answer in words, or nothing.
[[nodiscard]] std::optional<std::string> find_difference(std::span<const sock_filter> program,
                                                         const RuleSet& rules);

}  // namespace indexrun::confine
