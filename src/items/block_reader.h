// SPDX-License-Identifier: Apache-2.0
// What the readers of all formats have in common: bytes that come in blocks.
#pragma once

#include "items/bytes.h"
#include "items/reader.h"

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

class BlockReader : public Reader {
 public:
  [[nodiscard]] Result<void> unchanged() const final { return bytes_->unchanged(); }
  [[nodiscard]] bool is_short() const final { return bytes_->is_short(); }
  [[nodiscard]] const std::string& name() const final { return bytes_->name(); }

 protected:
  enum class Mark { kPassedOver, kKept };

  /// What pass_piece() passed over.
  struct Piece {
    bool there = false;     ///< false at the end of the bytes
    bool too_long = false;  ///< longer than kLongestItem: not kept whole
    bool nul = false;       ///< holds a NUL byte, at which it was left
    char first = '\0';      ///< the first byte that is none of `blanks`; NUL if there is none
  };

  /// `mark` is about a UTF-8 byte order mark at the very start.
  explicit BlockReader(std::unique_ptr<Bytes> bytes, Mark mark = Mark::kPassedOver)
      : bytes_(std::move(bytes)), at_mark_(mark == Mark::kPassedOver) {}

  /// Gets the next block if this one is used up: false at the end.
  Result<bool> fill();
  /// Passes over everything up to `end` or the end of the bytes and, where `text` is given, keeps
  /// what stands before it.
  Result<Piece> pass_piece(char end, std::string_view blanks, std::string* text);

  std::string_view block_;  ///< what is left of the current block

 private:
  std::unique_ptr<Bytes> bytes_;
  bool at_mark_;
};

}  // namespace indexrun::items
