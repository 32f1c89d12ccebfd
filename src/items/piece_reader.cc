// SPDX-License-Identifier: Apache-2.0
#include "items/piece_reader.h"

namespace indexrun::items {

Result<std::uint64_t> PieceReader::skip(std::uint64_t count) {
  std::uint64_t items = 0;
  while (items < count) {
    TRY(const Kind kind, pass(nullptr));
    if (kind == Kind::kEnd) {
      break;
    }
    items += kind == Kind::kItem ? 1 : 0;
  }
  return items;
}

Result<std::optional<Item>> PieceReader::next() {
  for (;;) {
    Item item;
    TRY(const Kind kind, pass(&item.text));
    if (kind == Kind::kEnd) {
      return std::optional<Item>{};
    }
    if (kind == Kind::kItem) {
      item.origin = place(passed_);
      return std::optional(std::move(item));
    }
  }
}

Result<PieceReader::Kind> PieceReader::judge(char first) const {
  if (first == '\0' && !rules_.skip_blank) {
    return blank(passed_);
  }
  return first == '\0' || (rules_.comments && first == '#') ? Kind::kSkipped : Kind::kItem;
}

}  // namespace indexrun::items
