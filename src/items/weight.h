// SPDX-License-Identifier: Apache-2.0
// The weight of an item, for --split weight=FIELD.
#pragma once

#include "base/result.h"
#include "items/item.h"

#include <optional>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Digits, perhaps with a point between them ("12", "1.5"), at most 18 in all: the value of as many
/// of them as a double holds. Nothing for any other text.
[[nodiscard]] std::optional<double> parse_weight(std::string_view text);

/// The weight that stands in the field of this name, or in the item itself if it is called "item"
/// and the item has no such field. A missing field, and a text that is no weight, are kConfig
/// errors about the item's origin: who gets which item would be uncertain.
Result<double> weight_of(const Item& item, const std::string& field);

}  // namespace indexrun::items
