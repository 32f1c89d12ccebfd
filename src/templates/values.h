// SPDX-License-Identifier: Apache-2.0
// The values that placeholders stand for.
#pragma once

#include "base/result.h"
#include "items/item.h"
#include "templates/grammar.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace indexrun::templates {

struct Values {
  const items::Item& item;
  std::uint32_t attempt = 0;               ///< from 0
  std::optional<std::uint32_t> slot = {};  ///< from 0; with --each
};

/// Room for a number's digits; the value may be a view into it.
using Digits = std::array<char, 24>;

/// The bytes of what `reference` names, before modifier and padding. Error kConfig, without object,
/// for what is not known or not available here.
Result<std::string_view> value_of(const Reference& reference, const Values& values, Digits& digits);

}  // namespace indexrun::templates
