// SPDX-License-Identifier: Apache-2.0
#include "base/shell_words.h"

#include <cstddef>
#include <utility>

namespace indexrun {

namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  Result<std::vector<std::string>> split() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == ' ' || c == '\t' || c == '\n') {
        finish();
      } else if (c == '\'') {
        CHECK(single_quoted());
      } else if (c == '"') {
        CHECK(double_quoted());
      } else if (c == '\\') {
        CHECK(escape());
      } else {
        add(c);
      }
    }
    finish();
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

  void finish() {
    if (open_) {
      words_.push_back(std::exchange(word_, {}));
      open_ = false;
    }
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
  std::size_t at_ = 0;
  std::string word_;
  bool open_ = false;  // a word has begun, though it may be empty ('')
  std::vector<std::string> words_;
};

}  // namespace

Result<std::vector<std::string>> split_shell_words(std::string_view text) {
  return Splitter(text).split();
}

}  // namespace indexrun
