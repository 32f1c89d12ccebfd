// SPDX-License-Identifier: Apache-2.0
// The path modifiers of a placeholder, with the meaning they have in GNU parallel.
#pragma once

#include <array>
#include <string_view>

namespace indexrun::templates {

enum class Modifier {
  kNone,
  kBase,       ///< "/": what follows the last slash; nothing after a final slash
  kDirectory,  ///< "//": as dirname(1): "." where there is no slash
  kStem,       ///< ".": without the extension: a dot and what follows it in the last component
  kBaseStem,   ///< "/.": kBase, then kStem
};

struct ModifierText {
  Modifier modifier;
  std::string_view text;
};

/// Every modifier as it is written, longer ones before those they end with.
inline constexpr std::array<ModifierText, 5> kModifiers = {{
    {Modifier::kNone, ""},
    {Modifier::kDirectory, "//"},
    {Modifier::kBaseStem, "/."},
    {Modifier::kBase, "/"},
    {Modifier::kStem, "."},
}};

/// The part of `value` that the modifier keeps; a view into `value` or of a constant.
[[nodiscard]] std::string_view apply(Modifier modifier, std::string_view value);

}  // namespace indexrun::templates
