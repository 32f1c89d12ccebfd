// SPDX-License-Identifier: Apache-2.0
// One table of characters, and the few whose meaning depends on where they stand.
#include "items/shell_syntax.h"

#include "base/environment.h"
#include "base/quote.h"

#include <algorithm>
#include <iterator>

namespace indexrun::items {
namespace {

struct Special {
  char character;
  std::string_view meaning;
};
constexpr Special kSpecials[] = {
    {'|', "a pipe"},
    {'&', "an operator"},
    {';', "the end of a command"},
    {'<', "a redirection"},
    {'>', "a redirection"},
    {'(', "the start of a group"},
    {')', "the end of a group"},
    {'`', "a command substitution"},
    {'*', "a pattern of file names"},
    {'?', "a pattern of file names"},
    {'[', "a pattern of file names"},
};
/// Shell 2.4, of one command's first word.
constexpr std::string_view kReserved[] = {"!",    "{",    "}",    "case",  "do",
                                          "done", "elif", "else", "esac",  "fi",
                                          "for",  "if",   "then", "until", "while"};
constexpr std::string_view kExpansion = "an expansion";
constexpr std::string_view kQuoteIt =
    "put it in single quotes if the program is to get it as it is; if the lines need a shell, give "
    "each to one: --items-file FILE -- sh -c {}";

/// From 1, in characters of UTF-8.
std::size_t column(std::string_view line, std::size_t at) {
  const std::string_view before = line.substr(0, at);
  return 1 + static_cast<std::size_t>(std::ranges::count_if(
                 before, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace

Result<void> ShellSyntax::plain(std::size_t at, Word word) {
  const char c = line_[at];
  const auto special = std::ranges::find(kSpecials, c, &Special::character);
  if (special != std::end(kSpecials)) {
    return found(at, 1, special->meaning);
  }
  if (c == '$' && expands(at, "'\"")) {
    return found(at, 1, kExpansion);
  }
  if (c == '#' && at == word.begin) {
    return found(at, 1, "the start of a comment");
  }
  if (c == '~' && (at == word.begin || line_[at - 1] == '=')) {
    return found(at, 1, "a home directory");
  }
  if (ends_brace_list(at)) {
    return found(brace_at_, at + 1 - brace_at_, "several words");
  }
  const std::string_view name = line_.substr(word.begin, at - word.begin);
  if (c == '=' && word.number == 0 && is_variable_name(name)) {
    return found(word.begin, at + 1 - word.begin, "an assignment",
                 "write env NAME=VALUE before the program");
  }
  return {};
}

Result<void> ShellSyntax::double_quoted(std::size_t at) {
  if (line_[at] == '`') {
    return found(at, 1, "a command substitution");
  }
  return line_[at] == '$' && expands(at, "") ? Result<void>(found(at, 1, kExpansion))
                                             : Result<void>();
}

Result<void> ShellSyntax::word_ends(std::size_t end, Word word) {
  braces_ = 0;
  list_ = false;
  const std::string_view text = line_.substr(word.begin, end - word.begin);
  if (word.number == 0 && std::ranges::find(kReserved, text) != std::end(kReserved)) {
    return found(word.begin, text.size(), "a word of its grammar");
  }
  return {};
}

/// Before anything else a dollar sign is an ordinary character, as in "total$".
bool ShellSyntax::expands(std::size_t at, std::string_view also) const {
  if (at + 1 == line_.size()) {
    return false;
  }
  const char next = line_[at + 1];
  const bool name =
      (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  return name || std::string_view("_{([@*#?-$!").find(next) != std::string_view::npos ||
         also.find(next) != std::string_view::npos;
}

/// {a,b} or {1..3}, as bash has them; other braces are ordinary characters.
bool ShellSyntax::ends_brace_list(std::size_t at) {
  const char c = line_[at];
  if (c == '{') {
    brace_at_ = braces_ == 0 ? at : brace_at_;
    ++braces_;
  } else if (braces_ > 0 && c == '}') {
    --braces_;
    return list_;
  } else if (braces_ > 0) {
    list_ = list_ || c == ',' || (c == '.' && line_.substr(at).starts_with(".."));
  }
  return false;
}

Error ShellSyntax::found(std::size_t at, std::size_t size, std::string_view meaning,
                         std::string_view remedy) const {
  return Error{.failure = Failure::kItem,
               .stage = "items",
               .problem = "found " + quote(line_.substr(at, size)) + " in column " +
                          std::to_string(column(line_, at)) + ": a shell would take it as " +
                          std::string(meaning) + ", but none reads this line",
               .hint = std::string(remedy.empty() ? kQuoteIt : remedy)};
}

}  // namespace indexrun::items
