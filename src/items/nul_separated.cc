// SPDX-License-Identifier: Apache-2.0
// Cutting bytes at NUL.
#include "items/nul_separated.h"

namespace indexrun::items {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

Result<NulSeparated::Kind> NulSeparated::pass(std::string* text) {
  TRY(const Piece piece, pass_piece('\0', kBlanks, text));
  if (!piece.there) {
    return Kind::kEnd;
  }
  ++passed_;
  if (piece.too_long) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = place(passed_),
                 .problem = "the item is longer than 64 MiB",
                 .hint = "are the items separated by NUL bytes?"};
  }
  return judge(piece.first);
}

std::string NulSeparated::place(std::uint64_t number) const {
  return name() + ": item " + std::to_string(number);
}

Error NulSeparated::blank(std::uint64_t number) const {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = place(number),
               .problem = "the item is empty or blank, so the numbering is uncertain",
               .hint = "remove it, or give --skip-blank"};
}

}  // namespace indexrun::items
