// SPDX-License-Identifier: Apache-2.0
// Splitting rows and naming their fields.
#include "items/columns.h"

#include "base/quote.h"

#include <algorithm>
#include <utility>

namespace indexrun::items {
namespace {

/// Takes a quoted value off the front of `row`, with both its quotes.
std::string take_quoted(std::string_view& row) {
  std::string value;
  row.remove_prefix(1);
  for (;;) {
    const std::size_t quote = std::min(row.find('"'), row.size());
    value.append(row.substr(0, quote));
    row.remove_prefix(std::min(quote + 1, row.size()));
    if (!row.starts_with('"')) {
      return value;
    }
    value.push_back('"');
    row.remove_prefix(1);
  }
}

std::string take_plain(std::string_view& row, char separator) {
  const std::string_view value = row.substr(0, row.find(separator));
  row.remove_prefix(value.size());
  return std::string(value);
}

std::vector<std::string> split(std::string_view row, char separator, bool quotes) {
  std::vector<std::string> values;
  for (;;) {
    values.push_back(quotes && row.starts_with('"') ? take_quoted(row)
                                                    : take_plain(row, separator));
    if (row.empty() || values.size() > kMostFields) {
      return values;
    }
    row.remove_prefix(1);
  }
}

std::string fields(std::size_t count) {
  return count > kMostFields ? "more than " + std::to_string(kMostFields) + " fields"
         : count == 1        ? "1 field"
                             : std::to_string(count) + " fields";
}

Error bad_header(const std::string& origin, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = origin,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

std::vector<std::string> split_csv(std::string_view row) {
  return split(row, ',', true);
}

std::vector<std::string> split_tsv(std::string_view row) {
  return split(row, '\t', false);
}

/// Reads the first row, once.
Result<void> Columns::begin() {
  if (std::exchange(begun_, true)) {
    return {};
  }
  auto read = rows_->next();
  if (!read) {
    Error error = std::move(read).error();
    error.failure = error.failure == Failure::kItem ? Failure::kConfig : error.failure;
    return error;
  }
  std::optional<Item>& row = *read;
  if (!row) {
    return {};
  }
  names_ = split_(row->text);
  if (names_.size() > kMostFields) {
    return bad_header(row->origin, "has " + fields(names_.size()), "is this a table?");
  }
  if (header_) {
    return check_names(row->origin);
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    names_[i] = std::to_string(i + 1);
  }
  first_ = std::move(row);
  return {};
}

Result<void> Columns::check_names(const std::string& origin) const {
  std::vector<std::string_view> sorted(names_.begin(), names_.end());
  std::ranges::sort(sorted);
  if (sorted.front().empty()) {
    const auto place = std::ranges::find(names_, std::string()) - names_.begin();
    return bad_header(origin, "column " + std::to_string(place + 1) + " has no name",
                      "name every column in the header, or give --no-header");
  }
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice != sorted.end()) {
    return bad_header(origin, "two columns are called " + quote(*twice),
                      "rename one of them, or give --no-header");
  }
  return {};
}

Result<std::uint64_t> Columns::skip(std::uint64_t count) {
  CHECK(begin());
  if (!first_ || count == 0) {
    return rows_->skip(count);
  }
  first_.reset();
  TRY(const std::uint64_t more, rows_->skip(count - 1));
  return more + 1;
}

Result<std::optional<Item>> Columns::next() {
  CHECK(begin());
  std::optional<Item> item = std::exchange(first_, std::nullopt);
  if (!item) {
    TRY(item, rows_->next());
  }
  if (item) {
    CHECK(fill(*item));
  }
  return item;
}

Result<void> Columns::fill(Item& item) const {
  std::vector<std::string> values = split_(item.text);
  if (values.size() != names_.size()) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = item.origin,
                 .problem = "has " + fields(values.size()) + ", expected " +
                            std::to_string(names_.size()) + " as in the " +
                            (header_ ? "header" : "first row"),
                 .hint = "correct the row; a field with a separator in it needs quotes in CSV"};
  }
  item.fields.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    item.fields.push_back({names_[i], std::move(values[i])});
  }
  return {};
}

}  // namespace indexrun::items
