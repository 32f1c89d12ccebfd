// SPDX-License-Identifier: Apache-2.0
// What stands between the delimiters of a placeholder that does not begin with a field's name: is
// it meant as one, and what does it refer to?
#pragma once

#include "items/item.h"
#include "templates/grammar.h"

#include <optional>
#include <span>
#include <string_view>

namespace indexrun::templates {

/// Nothing, "#", digits or a name, then nothing or something that begins with "/", "." or ":".
/// A dot before a letter, with no name before it, is the field access of other template languages
/// ({.ID}) and no modifier. `content` has no blanks.
[[nodiscard]] bool looks_like_placeholder(std::string_view content);

/// True for the forms without a name: empty, "#", and these with modifiers or padding.
[[nodiscard]] bool is_nameless(std::string_view content);

/// What `name`, without a modifier, refers to: the item if it is empty, a built-in, a field by its
/// exact name, "item." and a field's name, "item." and the number of a column from 1.
[[nodiscard]] std::optional<Reference> find_reference(std::string_view name,
                                                      std::span<const items::Field> fields);

/// Reads the content of a placeholder whose delimited form is `whole`. Never fails: a fault is
/// part of the piece.
[[nodiscard]] Piece parse_content(std::string_view whole, std::string_view content,
                                  std::span<const items::Field> fields);

}  // namespace indexrun::templates
