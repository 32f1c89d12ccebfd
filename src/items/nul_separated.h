// SPDX-License-Identifier: Apache-2.0
// Items that are separated by NUL bytes, as find -print0 writes them.
#pragma once

#include "items/bytes.h"
#include "items/lines.h"
#include "items/reader.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// Each item ends with a NUL byte; the last one may have none. All other bytes, line ends too,
/// belong to the item. An item of nothing but blanks and line ends is a kConfig error unless
/// skip_blank; with `comments` one whose first other byte is '#' is none. The origin of an item is
/// "name: item N", counted from 1.
class NulSeparated final : public Reader {
 public:
  NulSeparated(std::unique_ptr<Bytes> bytes, LineRules rules)
      : bytes_(std::move(bytes)), rules_(rules) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;
  [[nodiscard]] Result<void> unchanged() const override { return bytes_->unchanged(); }
  [[nodiscard]] bool is_short() const override { return bytes_->is_short(); }
  [[nodiscard]] const std::string& name() const override { return bytes_->name(); }

 private:
  enum class Kind { kItem, kSkipped, kEnd };

  Result<Kind> pass(std::string* text);
  [[nodiscard]] Result<Kind> judge(char first) const;
  [[nodiscard]] std::string place() const;

  std::unique_ptr<Bytes> bytes_;
  LineRules rules_;
  std::string_view block_;    ///< what is left of the current block
  std::uint64_t passed_ = 0;  ///< pieces passed, of every kind
};

}  // namespace indexrun::items
