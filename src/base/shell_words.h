// SPDX-License-Identifier: Apache-2.0
// Splitting by POSIX quoting rules (IEEE Std 1003.1, Shell 2.2) without a shell: quotes and
// backslashes work, nothing is ever expanded.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun {

/// Is told of every character that no quote and no backslash protects, to refuse what a shell would
/// do with it. Places are offsets into the text.
class ShellWatch {
 public:
  /// A word as it is written: where it begins, and how many words come before it.
  struct Word {
    std::size_t begin = 0;
    std::size_t number = 0;
  };

  ShellWatch() = default;
  ShellWatch(const ShellWatch&) = delete;
  ShellWatch& operator=(const ShellWatch&) = delete;
  virtual ~ShellWatch() = default;

  /// A character outside all quotes, which separates no words.
  virtual Result<void> plain(std::size_t at, Word word) = 0;
  /// A character within double quotes.
  virtual Result<void> double_quoted(std::size_t at) = 0;
  /// The end of a word, before `end`.
  virtual Result<void> word_ends(std::size_t end, Word word) = 0;
};

/// The words of `text`. Blanks and newlines outside quotes separate; '...' is literal; in "..." a
/// backslash escapes only $ ` " \ and newline; elsewhere it escapes any character, and
/// backslash-newline is removed. An unfinished quote or a final backslash is a kConfig error with
/// empty `stage` and `object`, which the caller fills in; errors of `watch` are passed on.
Result<std::vector<std::string>> split_shell_words(std::string_view text,
                                                   ShellWatch* watch = nullptr);

}  // namespace indexrun
