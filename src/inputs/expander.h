// SPDX-License-Identifier: Apache-2.0
// Templates of one Spec with the values of one item, and what each use asks of the result.
#pragma once

#include "base/result.h"
#include "templates/expand.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace indexrun::inputs {

/// Where a template stands, for messages: "argument 2", "--env NAME", "vars.env:3".
struct Place {
  std::string_view what{};
  std::string_view name{};
  std::size_t number = 0;  ///< not shown if 0
  char separator = ' ';    ///< before the number

  [[nodiscard]] std::string text() const;
};

class Expander {
 public:
  /// `enabled` is false for --no-template: texts are then taken as they are.
  Expander(const templates::Values& values, bool enabled) : values_(values), enabled_(enabled) {}

  /// Any bytes.
  [[nodiscard]] Result<std::string> bytes(std::string_view text, const Place& place) const;
  /// For an argument or a variable: error kItem if the result holds a NUL byte.
  [[nodiscard]] Result<std::string> string(std::string_view text, const Place& place) const;
  /// For a path: not empty either. An empty one is kItem if the item made it so, else kConfig.
  [[nodiscard]] Result<std::string> path(std::string_view text, const Place& place) const;
  /// The content of the file `source`, whose path and line name the place.
  [[nodiscard]] Result<std::string> file(std::string_view content, const std::string& source,
                                         const templates::Style& style) const;

 private:
  templates::Values values_;
  bool enabled_;
};

}  // namespace indexrun::inputs
