// SPDX-License-Identifier: Apache-2.0
// There is no quoting in comma lists: a comma always separates.
#include "options/lists.h"

#include "base/quote.h"

#include <algorithm>
#include <string_view>

namespace indexrun::options {

Result<std::vector<std::string>> split_list(const Setting& setting) {
  const std::string_view text = setting.value();
  std::vector<std::string> elements;
  elements.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')) + 1);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (comma == at) {
      return usage_error(
          where(setting),
          "element " + std::to_string(elements.size() + 1) + " of " + quote(text) + " is empty",
          setting.id() == Id::kItems ? "remove the comma too many: an item is never empty" : "");
    }
    elements.emplace_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return elements;
}

}  // namespace indexrun::options
