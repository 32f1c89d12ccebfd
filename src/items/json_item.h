// SPDX-License-Identifier: Apache-2.0
// One JSON value as an item.
#pragma once

#include "base/result.h"
#include "items/item.h"

#include <string>
#include <string_view>

namespace indexrun::items {

/// The deepest nesting that is taken.
inline constexpr std::size_t kDeepestJson = 64;

/// What is wrong with `text` as one JSON value (RFC 8259), or nothing: a syntax error, nesting
/// deeper than kDeepestJson, more than kMostFields keys.
[[nodiscard]] std::string json_fault(std::string_view text);

/// Makes an item of one JSON value. The text of a string is what it stands for; of anything else
/// the value without the blanks between its tokens, numbers as they are written. An object's
/// fields are its values, those of nested objects under dotted names ("a.b"); an array's are called
/// 1, 2, 3... A field's value follows the rule for the item's text. Error kItem, about
/// `item.origin`: what json_fault() says; null, an empty string or a NUL byte as the item; an empty
/// or a repeated name.
Result<void> read_json_item(std::string_view text, Item& item);

}  // namespace indexrun::items
