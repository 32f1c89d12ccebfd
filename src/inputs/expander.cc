// SPDX-License-Identifier: Apache-2.0
// Expansion with the place of the template in every error.
#include "inputs/expander.h"

namespace indexrun::inputs {

std::string Place::text() const {
  std::string text(what);
  if (!name.empty()) {
    text.append(" ").append(name);
  }
  if (number > 0) {
    text.append(1, separator).append(std::to_string(number));
  }
  return text;
}

Result<std::string> Expander::bytes(std::string_view text, const Place& place) const {
  if (!enabled_) {
    return std::string(text);
  }
  auto expanded = templates::expand(text, values_);
  if (expanded) {
    return expanded;
  }
  Error error = std::move(expanded).error();
  error.object = place.text();
  return error;
}

Result<std::string> Expander::string(std::string_view text, const Place& place) const {
  TRY(std::string expanded, bytes(text, place));
  if (expanded.find('\0') != std::string::npos) {
    return Error{.failure = Failure::kItem,
                 .stage = "inputs",
                 .object = place.text(),
                 .problem = "the item has a NUL byte, which no argument, variable or path can hold",
                 .hint =
                     "hand it over in a file (--write FILE) or on standard input "
                     "(--stdin '{item}')"};
  }
  return expanded;
}

Result<std::string> Expander::path(std::string_view text, const Place& place) const {
  TRY(std::string expanded, string(text, place));
  if (expanded.empty()) {
    return Error{.failure = text.empty() ? Failure::kConfig : Failure::kItem,
                 .stage = "inputs",
                 .object = place.text(),
                 .problem = "the path is empty, expected the name of a file or directory"};
  }
  return expanded;
}

Result<std::string> Expander::file(std::string_view content, const std::string& source,
                                   const templates::Style& style) const {
  if (!enabled_) {
    return std::string(content);
  }
  auto expanded = templates::expand(content, values_, style);
  if (expanded) {
    return expanded;
  }
  Error error = std::move(expanded).error();
  error.object = source + ":" + error.object;
  return error;
}

}  // namespace indexrun::inputs
