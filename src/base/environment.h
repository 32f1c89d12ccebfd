// SPDX-License-Identifier: Apache-2.0
// An environment as a value: ordered NAME=VALUE strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun {

class Environment {
 public:
  Environment() = default;
  /// Copies a null-terminated environ(7) array. Entries without "=" are kept as they are.
  static Environment copy(const char* const* entries);

  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  /// Replaces in place, or appends.
  void set(std::string_view name, std::string_view value);
  /// Removes every entry of that name.
  void unset(std::string_view name);
  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }

 private:
  std::vector<std::string> entries_;
};

/// [A-Za-z_][A-Za-z0-9_]*, the names that every shell can read (POSIX 8.1).
[[nodiscard]] bool is_variable_name(std::string_view name);

}  // namespace indexrun
