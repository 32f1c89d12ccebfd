// SPDX-License-Identifier: Apache-2.0
// Items that are lines.
#pragma once

#include "items/block_reader.h"

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

/// How lines, and the records of other formats, are taken.
struct LineRules {
  bool skip_blank = false;  ///< blank lines are no items instead of a kConfig error
  bool comments = false;    ///< lines whose first byte that is not blank is '#' are no items
  bool header = true;       ///< the first row of CSV and TSV names the fields and is no item
};

/// Lines end with LF or CRLF; the last one may have no newline; a UTF-8 byte order mark at the very
/// start is no part of the first. A line of nothing but spaces, tabs and CR is blank. A NUL byte is
/// a kConfig error wherever it is met. All other bytes, valid UTF-8 or not, belong to the item. The
/// origin of an item is "name:line".
class Lines final : public BlockReader {
 public:
  Lines(std::unique_ptr<Bytes> bytes, LineRules rules)
      : BlockReader(std::move(bytes)), rules_(rules) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;

 private:
  enum class Kind { kItem, kSkipped, kEnd };

  Result<std::uint64_t> skip_all_kinds(std::uint64_t count);
  Result<Kind> pass(std::string* text);
  [[nodiscard]] Result<Kind> judge(char first) const;
  [[nodiscard]] std::string place(std::uint64_t line) const;
  [[nodiscard]] Error nul(std::uint64_t line) const;
  [[nodiscard]] Error blank(std::uint64_t line) const;

  LineRules rules_;
  std::uint64_t lines_ = 0;  ///< lines passed, of every kind
};

}  // namespace indexrun::items
