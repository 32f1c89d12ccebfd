// SPDX-License-Identifier: Apache-2.0
// Items that are lines.
#pragma once

#include "items/piece_reader.h"

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Lines end with LF or CRLF; the last one may have no newline; a UTF-8 byte order mark at the very
/// start is no part of the first. A line of nothing but spaces, tabs and CR is blank. A NUL byte is
/// a kConfig error wherever it is met. All other bytes, valid UTF-8 or not, belong to the item. The
/// origin of an item is "name:line".
class Lines final : public PieceReader {
 public:
  Lines(std::unique_ptr<Bytes> bytes, const LineRules& rules)
      : PieceReader(std::move(bytes), rules, Mark::kPassedOver) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;

 private:
  Result<Kind> pass(std::string* text) override;
  [[nodiscard]] std::string place(std::uint64_t line) const override;
  [[nodiscard]] Error blank(std::uint64_t line) const override;
  Result<std::uint64_t> skip_all_kinds(std::uint64_t count);
  [[nodiscard]] Error nul(std::uint64_t line) const;
};

}  // namespace indexrun::items
