// SPDX-License-Identifier: Apache-2.0
// "Did you mean ...?"
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace indexrun {

/// The candidate nearest to `word` by edits (insert, delete, replace, swap of neighbours), if it is
/// near enough to be a likely typing error; ties go to the earlier candidate.
[[nodiscard]] std::optional<std::string_view> near_miss(
    std::string_view word, std::span<const std::string_view> candidates);

}  // namespace indexrun
