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

/// Where every line is an item: a skip always begins and ends at the start of a line.
Result<std::uint64_t> Lines::skip_all_kinds(std::uint64_t count) {
  const std::uint64_t before = lines_;
  bool blank_so_far = true;
  bool unfinished = false;
  while (lines_ - before < count) {
    TRY(const bool more, fill());
    if (!more) {
      break;
    }
    const Scanned scanned = scan_lines(block_, count - (lines_ - before), blank_so_far);
    lines_ += scanned.lines;
    if (scanned.stop == Stop::kNul) {
      return nul(lines_ + 1);
    }
    if (scanned.stop == Stop::kBlankLine) {
      return blank(lines_ + 1);
    }
    unfinished = block_[scanned.consumed - 1] != '\n';
    block_.remove_prefix(scanned.consumed);
  }
  if (unfinished) {
    ++lines_;
    if (blank_so_far) {
      return blank(lines_);
    }
  }
  return lines_ - before;
}

Result<std::optional<Item>> Lines::next() {
  for (;;) {
    Item item;
    TRY(const Kind kind, pass(&item.text));
    if (kind == Kind::kEnd) {
      return std::optional<Item>{};
    }
    if (kind == Kind::kItem) {
      item.origin = place(lines_);
      return std::optional(std::move(item));
    }
  }
}

/// Passes over one line and, where `text` is given, keeps it without its end.
Result<Lines::Kind> Lines::pass(std::string* text) {
  TRY(const Piece piece, pass_piece('\n', kBlanks, text));
  if (piece.nul) {
    return nul(lines_ + 1);
  }
  if (!piece.there) {
    return Kind::kEnd;
  }
  ++lines_;
  if (piece.too_long) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = place(lines_),
                 .problem = "the line is longer than 64 MiB"};
  }
  if (text != nullptr && text->ends_with('\r')) {
    text->pop_back();
  }
  return judge(piece.first);
}

Result<Lines::Kind> Lines::judge(char first) const {
  if (first == '\0' && !rules_.skip_blank) {
    return blank(lines_);
  }
  return first == '\0' || (rules_.comments && first == '#') ? Kind::kSkipped : Kind::kItem;
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
