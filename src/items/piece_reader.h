// SPDX-License-Identifier: Apache-2.0
// What lines and NUL-separated items have in common: pieces, each of which is an item or skipped.
#pragma once

#include "items/block_reader.h"
#include "items/line_rules.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace indexrun::items {

class PieceReader : public BlockReader {
 public:
  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() final;

 protected:
  enum class Kind { kItem, kSkipped, kEnd };

  PieceReader(std::unique_ptr<Bytes> bytes, const LineRules& rules, Mark mark)
      : BlockReader(std::move(bytes), mark), rules_(rules) {}

  /// Passes over one piece and, where `text` is given, keeps it without its end.
  virtual Result<Kind> pass(std::string* text) = 0;
  /// Where the piece of this number, from 1, stands.
  [[nodiscard]] virtual std::string place(std::uint64_t number) const = 0;
  /// The error of that piece, if it is blank and may not be.
  [[nodiscard]] virtual Error blank(std::uint64_t number) const = 0;
  /// What the piece that was passed last is, by its first byte that is not blank.
  [[nodiscard]] Result<Kind> judge(char first) const;

  LineRules rules_;
  std::uint64_t passed_ = 0;  ///< pieces of every kind
};

}  // namespace indexrun::items
