// SPDX-License-Identifier: Apache-2.0
// Items that are separated by NUL bytes, as find -print0 writes them.
#pragma once

#include "items/piece_reader.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// Each item ends with a NUL byte; the last one may have none. All other bytes, line ends too,
/// belong to the item. An item of nothing but blanks and line ends is a kConfig error unless
/// skip_blank; with `comments` one whose first other byte is '#' is none. The origin of an item is
/// "name: item N", counted from 1.
class NulSeparated final : public PieceReader {
 public:
  NulSeparated(std::unique_ptr<Bytes> bytes, const LineRules& rules)
      : PieceReader(std::move(bytes), rules, Mark::kKept) {}

 private:
  Result<Kind> pass(std::string* text) override;
  [[nodiscard]] std::string place(std::uint64_t number) const override;
  [[nodiscard]] Error blank(std::uint64_t number) const override;
};

}  // namespace indexrun::items
