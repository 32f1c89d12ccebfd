// SPDX-License-Identifier: Apache-2.0
// What this worker did, as ordered key -> value. Stages add to it; status prints it as the
// termination message, with its own fixed list of keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace indexrun {

class Record {
 public:
  using Value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, std::string>;

  /// Sets or replaces.
  void set(std::string_view key, Value value);
  /// std::monostate if the key was never set.
  [[nodiscard]] const Value& get(std::string_view key) const;
  [[nodiscard]] const std::vector<std::pair<std::string, Value>>& entries() const {
    return entries_;
  }

 private:
  std::vector<std::pair<std::string, Value>> entries_;
};

}  // namespace indexrun
