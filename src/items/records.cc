// SPDX-License-Identifier: Apache-2.0
// Cutting bytes into CSV records.
#include "items/records.h"

#include "items/scan.h"

namespace indexrun::items {
namespace {

RecordState start_of_line(std::uint64_t newlines) {
  RecordState state;
  state.newlines = newlines;
  state.record_line = newlines;
  return state;
}

}  // namespace

/// Passes over the lines that are comments: false at the end.
Result<bool> Records::begin_record() {
  for (bool comment = false;;) {
    TRY(const bool more, fill());
    if (!more) {
      return false;
    }
    comment = comment || (rules_.comments && block_.front() == '#');
    if (!comment) {
      return true;
    }
    const std::size_t end = block_.find('\n');
    if (end != std::string_view::npos) {
      state_ = start_of_line(state_.newlines + 1);
      comment = false;
    }
    block_.remove_prefix(end == std::string_view::npos ? block_.size() : end + 1);
  }
}

Result<std::uint64_t> Records::skip(std::uint64_t count) {
  if (!rules_.comments) {
    return pass(count, nullptr);
  }
  std::uint64_t passed = 0;
  for (; passed < count; ++passed) {
    TRY(const bool more, begin_record());
    TRY(const std::uint64_t one, more ? pass(1, nullptr) : std::uint64_t{0});
    if (one == 0) {
      break;
    }
  }
  return passed;
}

Result<std::optional<Item>> Records::next() {
  Item item;
  too_long_ = false;
  TRY(const bool more, begin_record());
  TRY(const std::uint64_t passed, more ? pass(1, &item.text) : std::uint64_t{0});
  if (passed == 0) {
    return std::optional<Item>{};
  }
  if (too_long_) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = place(begun_line_),
                 .problem = "the record is longer than 64 MiB"};
  }
  std::string& text = item.text;
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  if (text.ends_with('\r')) {
    text.pop_back();
  }
  item.origin = place(begun_line_);
  return std::optional(std::move(item));
}

/// Passes over `count` records, or as many as are left, and keeps the bytes of the last if `text`
/// is given (then `count` is 1).
Result<std::uint64_t> Records::pass(std::uint64_t count, std::string* text) {
  std::uint64_t passed = 0;
  begun_line_ = state_.newlines;
  while (passed < count) {
    TRY(const bool more, fill());
    if (!more) {
      TRY(const std::uint64_t last, finish());
      return passed + last;
    }
    const RecordsScanned scanned = scan_records(block_, count - passed, state_);
    passed += scanned.records;
    if (scanned.stop == RecordStop::kBlankLine && rules_.skip_blank) {
      state_ = start_of_line(state_.newlines + 1);
      block_.remove_prefix(scanned.consumed + 1);
      TRY(const bool left, begin_record());
      if (!left) {
        return passed;
      }
      begun_line_ = state_.newlines;
      if (text != nullptr) {
        text->clear();
      }
      continue;
    }
    if (scanned.stop != RecordStop::kEndOfBlock && scanned.stop != RecordStop::kEnough) {
      return defect(scanned.stop);
    }
    keep(block_.substr(0, scanned.consumed), text);
    block_.remove_prefix(scanned.consumed);
  }
  return passed;
}

/// At the end of the bytes: whether they ended within a record, one more then.
Result<std::uint64_t> Records::finish() {
  if (state_.inside) {
    return Error{.failure = Failure::kConfig,
                 .stage = "items",
                 .object = place(state_.record_line),
                 .problem = "a quote that is opened in this record is never closed",
                 .hint = "close it; a quote within quotes is written twice"};
  }
  if (state_.start_cr && !rules_.skip_blank) {
    return defect(RecordStop::kBlankLine);
  }
  const bool record = !state_.start && !state_.start_cr;
  state_ = start_of_line(state_.newlines);
  return std::uint64_t{record ? 1U : 0U};
}

void Records::keep(std::string_view part, std::string* text) {
  if (text == nullptr) {
    return;
  }
  too_long_ = too_long_ || text->size() + part.size() > kLongestItem;
  if (!too_long_) {
    text->append(part);
  }
}

std::string Records::place(std::uint64_t newlines) const {
  return name() + ":" + std::to_string(newlines + 1);
}

Error Records::defect(RecordStop stop) const {
  Error error{.failure = Failure::kConfig, .stage = "items", .object = place(state_.newlines)};
  if (stop == RecordStop::kNul) {
    error.problem = "found a NUL byte, expected CSV as text";
    error.hint = "is the list binary, or in UTF-16?";
  } else if (stop == RecordStop::kQuote) {
    error.problem =
        "found a quote within a field, or text after a closing quote: it is uncertain where the "
        "record ends";
    error.hint = "put the whole field in quotes and write each quote in it twice";
  } else {
    error.problem = "the line is empty, so the numbering is uncertain";
    error.hint = "remove the line, or give --skip-blank";
  }
  return error;
}

}  // namespace indexrun::items
