// SPDX-License-Identifier: Apache-2.0
#include "items/block_reader.h"

namespace indexrun::items {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

Result<bool> BlockReader::fill() {
  while (block_.empty()) {
    TRY(block_, bytes_->block());
    if (block_.empty()) {
      return false;
    }
    if (std::exchange(at_mark_, false) && block_.starts_with(kByteOrderMark)) {
      block_.remove_prefix(kByteOrderMark.size());
    }
  }
  return true;
}

Result<BlockReader::Piece> BlockReader::pass_piece(char end, std::string_view blanks,
                                                   std::string* text) {
  Piece piece;
  for (bool ended = false; !ended; piece.there = true) {
    TRY(const bool more, fill());
    if (!more) {
      break;
    }
    const std::string_view part = block_.substr(0, block_.find(end));
    ended = part.size() < block_.size();
    block_.remove_prefix(part.size() + (ended ? 1 : 0));
    piece.nul = part.find('\0') != std::string_view::npos;
    if (piece.nul) {
      return piece;
    }
    const std::size_t solid = piece.first == '\0' ? part.find_first_not_of(blanks) : part.npos;
    piece.first = solid == part.npos ? piece.first : part[solid];
    piece.too_long =
        piece.too_long || (text != nullptr && text->size() + part.size() > kLongestItem);
    if (text != nullptr && !piece.too_long) {
      text->append(part);
    }
  }
  return piece;
}

}  // namespace indexrun::items
