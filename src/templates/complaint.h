// SPDX-License-Identifier: Apache-2.0
// The errors of placeholders: what is wrong, which names are known, and how to write the same text
// literally.
#pragma once

#include "base/error.h"
#include "items/item.h"
#include "templates/grammar.h"

#include <span>
#include <string_view>

namespace indexrun::templates {

/// The kConfig error for a piece with a fault, without object.
[[nodiscard]] Error complain(const Piece& piece, const Style& style,
                             std::span<const items::Field> fields);

/// The kItem error for ":%...d" on `value`, which is not a whole number, without object.
[[nodiscard]] Error complain_not_a_number(const Piece& piece, std::string_view value);

/// The kConfig error for a placeholder that stands for one item where there is a whole share,
/// without object.
[[nodiscard]] Error complain_no_single_item(const Piece& piece);

}  // namespace indexrun::templates
