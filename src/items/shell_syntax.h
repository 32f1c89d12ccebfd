// SPDX-License-Identifier: Apache-2.0
// What a shell would do with a line besides taking it apart, which nobody does here: it is refused
// instead of handed to the program as if it were ordinary text.
#pragma once

#include "base/shell_words.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Refuses operators, redirections, expansions of every kind (IEEE Std 1003.1, Shell 2.3 and 2.6,
/// and brace lists), patterns, comments, reserved words and assignments before the program. Errors
/// are kItem, with empty `object`.
class ShellSyntax final : public ShellWatch {
 public:
  /// `line` must outlive this.
  explicit ShellSyntax(std::string_view line) : line_(line) {}

  Result<void> plain(std::size_t at, Word word) override;
  Result<void> double_quoted(std::size_t at) override;
  Result<void> word_ends(std::size_t end, Word word) override;

 private:
  [[nodiscard]] bool expands(std::size_t at, std::string_view also) const;
  [[nodiscard]] bool ends_brace_list(std::size_t at);
  [[nodiscard]] Error found(std::size_t at, std::size_t size, std::string_view meaning,
                            std::string_view remedy = {}) const;

  std::string_view line_;
  std::size_t braces_ = 0;    ///< open within the word
  std::size_t brace_at_ = 0;  ///< the outermost of them
  bool list_ = false;         ///< a comma or two dots came after it
};

}  // namespace indexrun::items
