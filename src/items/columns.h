// SPDX-License-Identifier: Apache-2.0
// Rows of a table as items with fields: CSV and TSV.
#pragma once

#include "items/reader.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::items {

/// The most fields that an item may have.
inline constexpr std::size_t kMostFields = 4096;

/// A row's values. At most kMostFields + 1: a longer row is refused anyway.
using SplitRow = std::vector<std::string> (*)(std::string_view row);
/// At commas; quotes (RFC 4180) are taken off. The row is one that Records gave.
std::vector<std::string> split_csv(std::string_view row);
/// At tabs and nowhere else (text/tab-separated-values): a tab cannot be part of a value.
std::vector<std::string> split_tsv(std::string_view row);

/// The rows of another reader, split into fields. With a header its first row names the fields: an
/// empty name or one that stands twice is a kConfig error. Without one they are called 1, 2, 3...
/// A row whose number of fields is not that of the first row is a kItem error when it is asked for.
/// The text of an item stays the row.
class Columns final : public Reader {
 public:
  Columns(std::unique_ptr<Reader> rows, SplitRow split, bool header)
      : rows_(std::move(rows)), split_(split), header_(header) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;
  [[nodiscard]] Result<void> unchanged() const override { return rows_->unchanged(); }
  [[nodiscard]] bool is_short() const override { return rows_->is_short(); }
  [[nodiscard]] const std::string& name() const override { return rows_->name(); }

 private:
  Result<void> begin();
  Result<void> check_names(const std::string& origin) const;
  Result<void> fill(Item& item) const;

  std::unique_ptr<Reader> rows_;
  SplitRow split_;
  bool header_;
  bool begun_ = false;
  std::vector<std::string> names_;
  std::optional<Item> first_;  ///< the first row where it is no header, until it is handed out
};

}  // namespace indexrun::items
