// SPDX-License-Identifier: Apache-2.0
// The termination message, as a reader of `kubectl describe pod` would take it apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace indexrun::test {

class Record {
 public:
  /// Throws where `text` is not one JSON object.
  explicit Record(const std::string& text);

  [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }
  /// A value as JSON: "\"config\"", "196", "null"; "<absent>" for an unknown key.
  [[nodiscard]] std::string operator[](std::string_view key) const;
  /// A string value without its quotes.
  [[nodiscard]] std::string text(std::string_view key) const;

 private:
  /// The place of a key, or how many there are.
  [[nodiscard]] std::size_t at(std::string_view key) const;

  std::vector<std::string> keys_;
  std::vector<std::string> values_;
  std::vector<std::string> texts_;
};

}  // namespace indexrun::test
