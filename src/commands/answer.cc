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

}  // namespace indexrun::commands
