// SPDX-License-Identifier: Apache-2.0
// What the tests of the list formats share: text in pieces, and all items of a reader.
#pragma once

#include "items/bytes.h"
#include "items/reader.h"

#include <string>
#include <utility>
#include <vector>

namespace indexrun::items {

/// Text in blocks of a fixed size, so that every item, end of line and mark is cut somewhere.
class Pieces final : public Bytes {
 public:
  Pieces(std::string text, std::size_t size) : Bytes("list"), text_(std::move(text)), size_(size) {}
  Result<std::string_view> block() override {
    const std::string_view piece = std::string_view(text_).substr(offset_, size_);
    offset_ += piece.size();
    return piece;
  }
  [[nodiscard]] bool is_short() const override { return false; }

 private:
  std::string text_;
  std::size_t size_;
  std::size_t offset_ = 0;
};

inline Result<std::vector<std::string>> texts_of(Reader& reader) {
  std::vector<std::string> texts;
  for (;;) {
    TRY(auto item, reader.next());
    if (!item) {
      return texts;
    }
    texts.push_back(std::move(item->text));
  }
}

/// The fields of an item as "name=value".
inline std::vector<std::string> fields_of(const Item& item) {
  std::vector<std::string> fields;
  for (const Field& field : item.fields) {
    fields.push_back(field.name + "=" + field.value);
  }
  return fields;
}

}  // namespace indexrun::items
