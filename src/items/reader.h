// SPDX-License-Identifier: Apache-2.0
// A source of items, read from front to back. Every kind of source is one class of this shape, in a
// file of its own; select(), List and count() know nothing else about it.
#pragma once

#include "base/result.h"
#include "items/item.h"

#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::items {

/// The longest item that is taken: a line, a file of a directory.
inline constexpr std::size_t kLongestItem = std::size_t{64} << 20;

/// Failures: kConfig for anything that makes the numbering uncertain, kItem for a defect inside the
/// record that was asked for, kInput for what may pass.
class Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  /// Passes over the next `count` items, or as many as are left: how many there were. The items
  /// are checked for what would make the numbering uncertain, but not kept.
  virtual Result<std::uint64_t> skip(std::uint64_t count) = 0;
  /// The next item, with its text, fields and origin; nothing after the last. After a kItem error
  /// the reader stands behind the item that has the defect.
  virtual Result<std::optional<Item>> next() = 0;
  /// A kInput error if the source changed while it was read. Asked before any other finding is
  /// believed.
  [[nodiscard]] virtual Result<void> unchanged() const { return {}; }
  /// Going on to the end costs next to nothing.
  [[nodiscard]] virtual bool is_short() const = 0;
  /// No two items can be the same: nobody has to look for duplicates.
  [[nodiscard]] virtual bool distinct() const { return false; }
  /// SHA-256 over all items in hexadecimal digits; empty unless it was asked for and the reader has
  /// been at the end.
  [[nodiscard]] virtual std::string digest() const { return {}; }
  /// For messages: "items.txt", "--items", a variable.
  [[nodiscard]] virtual const std::string& name() const = 0;
};

}  // namespace indexrun::items
