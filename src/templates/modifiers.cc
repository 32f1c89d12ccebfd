// SPDX-License-Identifier: Apache-2.0
// Base names, directories and stems as GNU parallel's replacement strings give them.
#include "templates/modifiers.h"

#include <cstddef>

namespace indexrun::templates {
namespace {

std::string_view base(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// At least one byte must follow the dot: "a." keeps its dot, ".bashrc" is all extension.
std::string_view stem(std::string_view path) {
  const std::size_t mark = path.find_last_of("/.");
  if (mark == std::string_view::npos || path[mark] == '/' || mark + 1 == path.size()) {
    return path;
  }
  return path.substr(0, mark);
}

/// `path` without the slashes at its end, but for one if there is nothing else.
std::string_view without_final_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') {
    path.remove_suffix(1);
  }
  return path;
}

std::string_view directory(std::string_view path) {
  path = without_final_slashes(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return without_final_slashes(path.substr(0, slash + 1));
}

}  // namespace

std::string_view apply(Modifier modifier, std::string_view value) {
  switch (modifier) {
    case Modifier::kNone:
      return value;
    case Modifier::kBase:
      return base(value);
    case Modifier::kDirectory:
      return directory(value);
    case Modifier::kStem:
      return stem(value);
    case Modifier::kBaseStem:
      return stem(base(value));
  }
  return value;
}

}  // namespace indexrun::templates
