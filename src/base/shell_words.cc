// SPDX-License-Identifier: Apache-2.0
#include "base/shell_words.h"

#include <cstddef>
#include <utility>

namespace indexrun {

namespace {

class Splitter {
 public:
  Splitter(std::string_view text, ShellWatch* watch) : text_(text), watch_(watch) {}

  Result<std::vector<std::string>> split() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == ' ' || c == '\t' || c == '\n') {
        CHECK(finish(at_ - 1));
        begin_ = at_;
      } else if (c == '\'') {
        CHECK(single_quoted());
      } else if (c == '"') {
        CHECK(double_quoted());
      } else if (c == '\\') {
        CHECK(escape());
      } else {
        CHECK(watch_ == nullptr ? Result<void>() : watch_->plain(at_ - 1, here()));
        add(c);
      }
    }
    CHECK(finish(at_));
    return std::move(words_);
  }

 private:
  static Error unfinished(std::string problem) {
    return Error{.failure = Failure::kConfig, .problem = std::move(problem)};
  }

  void add(char c) {
    word_ += c;
    open_ = true;
  }

  [[nodiscard]] ShellWatch::Word here() const { return {begin_, words_.size()}; }

  Result<void> finish(std::size_t end) {
    if (open_) {
      CHECK(watch_ == nullptr ? Result<void>() : watch_->word_ends(end, here()));
      words_.push_back(std::exchange(word_, {}));
      open_ = false;
    }
    return {};
  }

  Result<void> single_quoted() {
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string_view::npos) {
      return unfinished("a single quote is not closed");
    }
    word_ += text_.substr(at_, end - at_);
    open_ = true;
    at_ = end + 1;
    return {};
  }

  Result<void> double_quoted() {
    open_ = true;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') {
        return {};
      }
      if (c == '\\' && at_ < text_.size() &&
          std::string_view("$`\"\\\n").find(text_[at_]) != std::string_view::npos) {
        const char escaped = text_[at_++];
        if (escaped != '\n') {
          word_ += escaped;
        }
      } else {
        CHECK(watch_ == nullptr ? Result<void>() : watch_->double_quoted(at_ - 1));
        word_ += c;
      }
    }
    return unfinished("a double quote is not closed");
  }

  Result<void> escape() {
    if (at_ == text_.size()) {
      return unfinished("a backslash at the end escapes nothing");
    }
    const char c = text_[at_++];
    if (c != '\n') {
      add(c);
    }
    return {};
  }

  std::string_view text_;
  ShellWatch* watch_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;  // where the word is written that is open or may come next
  std::string word_;
  bool open_ = false;  // a word has begun, though it may be empty ('')
  std::vector<std::string> words_;
};

}  // namespace

Result<std::vector<std::string>> split_shell_words(std::string_view text, ShellWatch* watch) {
  return Splitter(text, watch).split();
}

}  // namespace indexrun
