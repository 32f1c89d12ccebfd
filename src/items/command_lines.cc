// SPDX-License-Identifier: Apache-2.0
// From lines to words.
#include "items/command_lines.h"

#include "items/shell_syntax.h"

#include <string_view>

namespace indexrun::items {
namespace {

Error config(const Item& line, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = line.origin,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<void> split(Item& line) {
  ShellSyntax syntax(line.text);
  auto words = split_shell_words(line.text, &syntax);
  if (!words) {
    Error error = std::move(words).error();
    error.stage = "items";
    error.object = line.origin;
    if (error.hint.empty()) {
      error.hint = "a command is one line: it cannot go on in the next";
    }
    return error;
  }
  if (words->front().empty()) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = line.origin,
                 .problem = "the name of the program is empty"};
  }
  line.command = std::move(*words);
  return {};
}

}  // namespace

Result<bool> CommandLines::is_comment(const Item& line) const {
  std::string_view text = line.text;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r"), text.size()));
  if (!text.starts_with('#')) {
    return false;
  }
  if (text.starts_with("#DISBATCH")) {
    return config(line, "found a directive of disBatch, which is not supported",
                  "write what it stands for into each line; numbers are in INDEXRUN_INDEX");
  }
  if (!comments_) {
    return config(line, "the line is a comment, so the numbering is uncertain",
                  "remove the line, or give --comments");
  }
  return true;
}

Result<std::optional<Item>> CommandLines::next() {
  for (;;) {
    TRY(auto line, lines_.next());
    if (!line) {
      return line;
    }
    TRY(const bool comment, is_comment(*line));
    if (!comment) {
      CHECK(split(*line));
      return line;
    }
  }
}

Result<std::uint64_t> CommandLines::skip(std::uint64_t count) {
  for (std::uint64_t passed = 0; passed < count; ++passed) {
    auto item = next();
    if (!item && item.error().failure != Failure::kItem) {
      return std::move(item).error();
    }
    if (item && !*item) {
      return passed;
    }
  }
  return count;
}

}  // namespace indexrun::items
