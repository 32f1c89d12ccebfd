// SPDX-License-Identifier: Apache-2.0
// Cutting bytes into lines: a fast way over the lines that nobody wants, and one that keeps a line.
#include "items/lines.h"

#include "items/scan.h"

namespace indexrun::items {
namespace {

constexpr std::string_view kBlanks = " \t\r";

}  // namespace

Result<std::uint64_t> Lines::skip(std::uint64_t count) {
  if (!rules_.skip_blank && !rules_.comments) {
    return skip_all_kinds(count);
  }
  return PieceReader::skip(count);
}

/// Where every line is an item: a skip always begins and ends at the start of a line.
Result<std::uint64_t> Lines::skip_all_kinds(std::uint64_t count) {
  const std::uint64_t before = passed_;
  bool blank_so_far = true;
  bool unfinished = false;
  while (passed_ - before < count) {
    TRY(const bool more, fill());
    if (!more) {
      break;
    }
    const Scanned scanned = scan_lines(block_, count - (passed_ - before), blank_so_far);
    passed_ += scanned.lines;
    if (scanned.stop == Stop::kNul) {
      return nul(passed_ + 1);
    }
    if (scanned.stop == Stop::kBlankLine) {
      return blank(passed_ + 1);
    }
    unfinished = block_[scanned.consumed - 1] != '\n';
    block_.remove_prefix(scanned.consumed);
  }
  if (unfinished) {
    ++passed_;
    if (blank_so_far) {
      return blank(passed_);
    }
  }
  return passed_ - before;
}

Result<Lines::Kind> Lines::pass(std::string* text) {
  TRY(const Piece piece, pass_piece('\n', kBlanks, text));
  if (piece.nul) {
    return nul(passed_ + 1);
  }
  if (!piece.there) {
    return Kind::kEnd;
  }
  ++passed_;
  if (piece.too_long) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = place(passed_),
                 .problem = "the line is longer than 64 MiB"};
  }
  if (text != nullptr && text->ends_with('\r')) {
    text->pop_back();
  }
  return judge(piece.first);
}

std::string Lines::place(std::uint64_t line) const {
  return name() + ":" + std::to_string(line);
}

Error Lines::nul(std::uint64_t line) const {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = place(line),
               .problem = "found a NUL byte, expected lines of text",
               .hint = "is the list binary, compressed, in UTF-16, or separated by NUL bytes?"};
}

Error Lines::blank(std::uint64_t line) const {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = place(line),
               .problem = "the line is blank, so the numbering is uncertain",
               .hint = "remove the line, or give --skip-blank"};
}

}  // namespace indexrun::items
