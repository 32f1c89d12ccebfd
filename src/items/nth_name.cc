// SPDX-License-Identifier: Apache-2.0
// Narrowing down a name byte by byte, as a radix sort would, keeping only counts.
#include "items/nth_name.h"

#include "items/entries.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace indexrun::items {
namespace {

/// What one pass tells of the names that begin with a prefix.
struct Survey {
  std::uint64_t count = 0;
  std::string common;              ///< what they all begin with
  std::vector<std::string> names;  ///< the first kKeptNames + 1 of them
  int error = 0;
};

Survey survey(int fd, std::string_view prefix) {
  Survey result;
  Entries entries(fd);
  while (const dirent* entry = entries.next()) {
    const std::string_view name = entry->d_name;
    if (!name.starts_with(prefix)) {
      continue;
    }
    if (result.count++ == 0) {
      result.common = name;
    }
    const auto differ = std::ranges::mismatch(result.common, name).in1;
    result.common.erase(differ, result.common.end());
    if (result.names.size() <= kKeptNames) {
      result.names.emplace_back(name);
    }
  }
  result.error = entries.error();
  return result;
}

/// How many of the names that begin with `prefix` go on with each byte; 0 is the end of the name.
std::array<std::uint64_t, 256> next_bytes(int fd, std::string_view prefix, int& error) {
  std::array<std::uint64_t, 256> counts{};
  Entries entries(fd);
  while (const dirent* entry = entries.next()) {
    if (std::string_view(entry->d_name).starts_with(prefix)) {
      ++counts[static_cast<unsigned char>(entry->d_name[prefix.size()])];
    }
  }
  error = entries.error();
  return counts;
}

}  // namespace

NthName nth_name(int directory_fd, std::uint64_t position) {
  std::string prefix;
  for (;;) {
    Survey found = survey(directory_fd, prefix);
    if (found.error != 0 || position >= found.count) {
      return {{}, found.error != 0 ? found.error : ENOENT};
    }
    if (found.count <= kKeptNames) {
      const auto at = found.names.begin() + static_cast<std::ptrdiff_t>(position);
      std::ranges::nth_element(found.names, at);
      return {*at};
    }
    prefix = std::move(found.common);
    int error = 0;
    const auto counts = next_bytes(directory_fd, prefix, error);
    std::size_t byte = 0;
    while (byte < counts.size() && position >= counts[byte]) {
      position -= counts[byte++];
    }
    if (error != 0 || byte == counts.size()) {
      return {{}, error != 0 ? error : ENOENT};
    }
    if (byte == 0) {
      return {std::move(prefix)};
    }
    prefix += static_cast<char>(byte);
  }
}

}  // namespace indexrun::items
