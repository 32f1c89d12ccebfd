// SPDX-License-Identifier: Apache-2.0
// What the fuzz targets of the list formats share.
#pragma once

#include "items/bytes.h"
#include "items/lines.h"
#include "items/reader.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

inline void require(bool truth) {
  if (!truth) {
    std::abort();
  }
}

/// Text in blocks of a fixed size.
class Pieces final : public indexrun::items::Bytes {
 public:
  Pieces(std::string_view text, std::size_t size) : Bytes("list"), text_(text), size_(size) {}
  indexrun::Result<std::string_view> block() override {
    const std::string_view piece = text_.substr(0, size_);
    text_.remove_prefix(piece.size());
    return piece;
  }
  [[nodiscard]] bool is_short() const override { return true; }

 private:
  std::string_view text_;
  std::size_t size_;
};

/// Reads on until the end or the first error; a kItem error is that of one item and not the end.
template <class Check>
indexrun::Result<std::uint64_t> count_by_reading(indexrun::items::Reader& reader, Check check) {
  for (std::uint64_t count = 0;; ++count) {
    auto item = reader.next();
    if (!item && item.error().failure == indexrun::Failure::kItem) {
      continue;
    }
    if (!item) {
      return std::move(item).error();
    }
    if (!*item) {
      return count;
    }
    check((*item)->text);
  }
}

/// The first byte of `data` holds the rules, the second the size of the pieces, the rest is the
/// list. `open` makes a reader of bytes and rules; `check` looks at each item's text.
template <class Open, class Check>
void check_reader(const std::uint8_t* data, std::size_t size, Open open, Check check) {
  if (size < 2) {
    return;
  }
  const indexrun::items::LineRules rules{.skip_blank = (data[0] & 1) != 0,
                                         .comments = (data[0] & 2) != 0};
  const std::size_t piece = std::max<std::size_t>(3, data[1]);
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto whole = open(std::make_unique<Pieces>(text, size), rules);
  const auto cut = open(std::make_unique<Pieces>(text, piece), rules);
  const auto skipped = open(std::make_unique<Pieces>(text, piece), rules);
  const auto read = count_by_reading(*whole, check);
  for (const auto& other : {count_by_reading(*cut, check), skipped->skip(UINT64_MAX)}) {
    require(read.has_value() == other.has_value());
    require(read ? *read == *other
                 : read.error().object == other.error().object &&
                       read.error().problem == other.error().problem);
  }
}
