// SPDX-License-Identifier: Apache-2.0
#include "commands/answer.h"

#include "base/file.h"

#include <unistd.h>

namespace indexrun::commands {

Result<void> answer(std::string_view text) {
  if (const int number = write_fully(STDOUT_FILENO, text); number != 0) {
    return Error{.failure = Failure::kInternal,
                 .stage = "status",
                 .object = "standard output",
                 .problem = "the answer could not be written",
                 .system_error = number};
  }
  return {};
}

Result<void> Answer::add(std::string_view text) {
  constexpr std::size_t kFlushAt = std::size_t{64} * 1024;
  text_ += text;
  return text_.size() < kFlushAt ? Result<void>() : end();
}

Result<void> Answer::end() {
  auto written = answer(text_);
  text_.clear();
  return written;
}

}  // namespace indexrun::commands
