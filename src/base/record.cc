// SPDX-License-Identifier: Apache-2.0
#include "base/record.h"

#include <algorithm>

namespace indexrun {

void Record::set(std::string_view key, Value value) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return entry.first == key; });
  if (found != entries_.end()) {
    found->second = std::move(value);
  } else {
    entries_.emplace_back(key, std::move(value));
  }
}

const Record::Value& Record::get(std::string_view key) const {
  static const Value nothing;
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return entry.first == key; });
  return found != entries_.end() ? found->second : nothing;
}

}  // namespace indexrun
