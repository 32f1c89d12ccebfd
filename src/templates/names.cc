// SPDX-License-Identifier: Apache-2.0
// The table of built-in names.
#include "templates/names.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace indexrun::templates {
namespace {

// In the order of Name; those that not every worker has come last.
constexpr std::array<std::string_view, 10> kNames = {
    "item", "index", "number", "task", "count", "tasks", "attempt", "items", "slot", "role",
};

constexpr std::size_t kListed = static_cast<std::size_t>(Name::kItems);

}  // namespace

std::optional<Name> find_name(std::string_view text) {
  if (text == "#") {
    return Name::kNumber;
  }
  const auto* found = std::find(kNames.begin(), kNames.end(), text);
  if (found == kNames.end()) {
    return std::nullopt;
  }
  return static_cast<Name>(found - kNames.begin());
}

std::span<const std::string_view> listed_names() {
  return std::span(kNames).first(kListed);
}

}  // namespace indexrun::templates
