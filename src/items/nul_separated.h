// SPDX-License-Identifier: Apache-2.0
// Items that are separated by NUL bytes, as find -print0 writes them.
#pragma once

#include "items/block_reader.h"
#include "items/lines.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// Each item ends with a NUL byte; the last one may have none. All other bytes, line ends too,
/// belong to the item. An item of nothing but blanks and line ends is a kConfig error unless
/// skip_blank; with `comments` one whose first other byte is '#' is none. The origin of an item is
/// "name: item N", counted from 1.
class NulSeparated final : public BlockReader {
 public:
  NulSeparated(std::unique_ptr<Bytes> bytes, LineRules rules)
      : BlockReader(std::move(bytes), Mark::kKept), rules_(rules) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;

 private:
  enum class Kind { kItem, kSkipped, kEnd };

  Result<Kind> pass(std::string* text);
  [[nodiscard]] Result<Kind> judge(char first) const;
  [[nodiscard]] std::string place() const;

  LineRules rules_;
  std::uint64_t passed_ = 0;  ///< pieces passed, of every kind
};

}  // namespace indexrun::items
