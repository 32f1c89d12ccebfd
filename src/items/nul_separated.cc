// SPDX-License-Identifier: Apache-2.0
// Cutting bytes at NUL.
#include "items/nul_separated.h"

namespace indexrun::items {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

Result<std::uint64_t> NulSeparated::skip(std::uint64_t count) {
  std::uint64_t passed = 0;
  while (passed < count) {
    TRY(const Kind kind, pass(nullptr));
    if (kind == Kind::kEnd) {
      break;
    }
    passed += kind == Kind::kItem ? 1 : 0;
  }
  return passed;
}

Result<std::optional<Item>> NulSeparated::next() {
  for (;;) {
    Item item;
    TRY(const Kind kind, pass(&item.text));
    if (kind == Kind::kEnd) {
      return std::optional<Item>{};
    }
    if (kind == Kind::kItem) {
      item.origin = place();
      return std::optional(std::move(item));
    }
  }
}

/// Passes over one piece and, where `text` is given, keeps it without its end.
Result<NulSeparated::Kind> NulSeparated::pass(std::string* text) {
  TRY(const Piece piece, pass_piece('\0', kBlanks, text));
  if (!piece.there) {
    return Kind::kEnd;
  }
  ++passed_;
  if (piece.too_long) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = place(),
                 .problem = "the item is longer than 64 MiB",
                 .hint = "are the items separated by NUL bytes?"};
  }
  return judge(piece.first);
}

Result<NulSeparated::Kind> NulSeparated::judge(char first) const {
  if (first == '\0' && !rules_.skip_blank) {
    return Error{.failure = Failure::kConfig,
                 .stage = "items",
                 .object = place(),
                 .problem = "the item is empty or blank, so the numbering is uncertain",
                 .hint = "remove it, or give --skip-blank"};
  }
  return first == '\0' || (rules_.comments && first == '#') ? Kind::kSkipped : Kind::kItem;
}

std::string NulSeparated::place() const {
  return name() + ": item " + std::to_string(passed_);
}

}  // namespace indexrun::items
