// SPDX-License-Identifier: Apache-2.0
// All items of a share at once: as arguments, as standard input, as a file.
#pragma once

#include "base/atomic_file.h"
#include "base/byte_source.h"
#include "base/result.h"
#include "items/item.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::inputs {

/// The placeholder that stands for all items, where it is all of a template.
inline constexpr std::string_view kItems = "{items}";

/// Adds each item as an argument of its own; the template was argument `number`. An item with a NUL
/// byte, and more bytes than all arguments can have (sizes.h), are kItem errors.
Result<void> append_items(std::vector<std::string>& argv, std::size_t number,
                          items::Sequence& share);

/// How many bytes all items and a newline each have. An item that has a newline itself would look
/// like two: a kItem error about its origin.
Result<std::uint64_t> measure_lines(items::Sequence& share);

/// Each item and a newline, as measure_lines() found them, without keeping them.
class ShareLines final : public ByteSource {
 public:
  /// Begins with the first item of the share, which outlives this.
  explicit ShareLines(items::Sequence& share) : share_(share) {}
  Result<std::string_view> next() override;

 private:
  items::Sequence& share_;
  bool begun_ = false;
  std::string piece_;
};

/// The same into a file.
Result<void> write_lines(items::Sequence& share, AtomicFile& file);

}  // namespace indexrun::inputs
