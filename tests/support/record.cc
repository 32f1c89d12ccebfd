// SPDX-License-Identifier: Apache-2.0
// Takes a termination message apart with an independent JSON reader.
#include "support/record.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace indexrun::test {

Record::Record(const std::string& text) {
  auto object = nlohmann::ordered_json::parse(text);
  for (const auto& [key, value] : object.items()) {
    keys_.push_back(key);
    values_.push_back(value.dump());
    texts_.push_back(value.is_string() ? value.get<std::string>() : "");
  }
}

std::size_t Record::at(std::string_view key) const {
  auto found = std::find(keys_.begin(), keys_.end(), key);
  return static_cast<std::size_t>(found - keys_.begin());
}

std::string Record::operator[](std::string_view key) const {
  std::size_t place = at(key);
  return place < values_.size() ? values_[place] : "<absent>";
}

std::string Record::text(std::string_view key) const {
  std::size_t place = at(key);
  return place < texts_.size() ? texts_[place] : "<absent>";
}

}  // namespace indexrun::test
