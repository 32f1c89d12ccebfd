// SPDX-License-Identifier: Apache-2.0
// One name of a large directory by its place in byte order, without keeping the names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::items {

/// At most so many names are kept.
inline constexpr std::size_t kKeptNames = 4096;

struct NthName {
  std::string name;
  int error = 0;  ///< an errno; ENOENT if there are too few names
};

/// The name that has `position` names before it in byte order. Reads the listing several times,
/// each time for a longer beginning of the name; memory is bounded by kKeptNames.
[[nodiscard]] NthName nth_name(int directory_fd, std::uint64_t position);

}  // namespace indexrun::items
