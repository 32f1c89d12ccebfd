// SPDX-License-Identifier: Apache-2.0
#include "base/environment.h"

#include <algorithm>
#include <cstddef>

namespace indexrun {

namespace {

bool names(const std::string& entry, std::string_view name) {
  return entry.size() > name.size() && entry[name.size()] == '=' && entry.starts_with(name);
}

}  // namespace

Environment Environment::copy(const char* const* entries) {
  Environment environment;
  std::size_t count = 0;
  while (entries[count] != nullptr) {
    ++count;
  }
  environment.entries_.reserve(count + 8);
  for (std::size_t i = 0; i < count; ++i) {
    environment.entries_.emplace_back(entries[i]);
  }
  return environment;
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
  for (const std::string& entry : entries_) {
    if (names(entry, name)) {
      return std::string_view(entry).substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

void Environment::set(std::string_view name, std::string_view value) {
  std::string text;
  text.reserve(name.size() + 1 + value.size());
  text.append(name).append("=").append(value);
  for (std::string& entry : entries_) {
    if (names(entry, name)) {
      entry = std::move(text);
      return;
    }
  }
  entries_.push_back(std::move(text));
}

void Environment::unset(std::string_view name) {
  std::erase_if(entries_, [&](const std::string& entry) { return names(entry, name); });
}

bool is_variable_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace indexrun
