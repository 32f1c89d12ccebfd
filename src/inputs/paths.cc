// SPDX-License-Identifier: Apache-2.0
// Path arithmetic over what is on the disk.
#include "inputs/paths.h"

#include "base/atomic_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdlib>

#include <unistd.h>

namespace indexrun::inputs {
namespace {

/// The longest leading part of `path` that exists, resolved; `rest` gets what is left.
std::string resolve_existing(std::string path, std::string& rest) {
  std::array<char, PATH_MAX> real;
  while (!path.empty()) {
    if (::realpath(path.c_str(), real.data()) != nullptr) {
      return real.data();
    }
    const std::size_t slash = path.rfind('/');
    rest.insert(0, path.substr(slash));
    path.resize(slash);
  }
  return {};
}

void append_component(std::string& path, std::string_view component) {
  if (component.empty() || component == ".") {
    return;
  }
  if (component == "..") {
    path.resize(path.empty() ? 0 : path.rfind('/'));
    return;
  }
  path.append("/").append(component);
}

}  // namespace

std::string beneath(std::string_view directory, std::string_view path) {
  if (directory.empty() || path.starts_with('/')) {
    return std::string(path);
  }
  std::string joined(directory);
  if (!joined.ends_with('/')) {
    joined.push_back('/');
  }
  return joined.append(path);
}

Result<std::string> absolute(const std::string& path) {
  if (path.starts_with('/')) {
    return path;
  }
  std::array<char, PATH_MAX> here;
  if (::getcwd(here.data(), here.size()) == nullptr) {
    return Error{.failure = Failure::kInput,
                 .stage = "inputs",
                 .object = path,
                 .problem = "the working directory cannot be found",
                 .system_error = errno,
                 .hint = "write absolute paths"};
  }
  return beneath(here.data(), path);
}

std::string one_spelling(const std::string& path) {
  std::string rest;
  std::string spelled = resolve_existing(follow_links(path).path, rest);
  if (spelled == "/") {
    spelled.clear();
  }
  while (!rest.empty()) {
    rest.erase(0, 1);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    append_component(spelled, std::string_view(rest).substr(0, slash));
    rest.erase(0, slash);
  }
  return spelled.empty() ? "/" : spelled;
}

}  // namespace indexrun::inputs
