// SPDX-License-Identifier: Apache-2.0
// The built-in names of the placeholder grammar.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace indexrun::templates {

enum class Name {
  kItem,
  kIndex,
  kNumber,
  kTask,
  kCount,
  kTasks,
  kAttempt,
  kItems,
  kSlot,
  kRole,
};

/// The built-in that `text` names; "#" is another word for "number". The empty text, which stands
/// for the item, is none.
[[nodiscard]] std::optional<Name> find_name(std::string_view text);

/// The built-ins that every worker has, for messages; kItems, kSlot and kRole need more than one
/// item or role.
[[nodiscard]] std::span<const std::string_view> listed_names();

}  // namespace indexrun::templates
