// SPDX-License-Identifier: Apache-2.0
#include "launch/pipe.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::launch {

Result<Pipe> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error{.failure = Failure::kInternal,
                 .stage = "launch",
                 .problem = "cannot make a pipe to the program",
                 .system_error = errno,
                 .hint = "raise the limit on open files (ulimit -n), or run fewer items at a time"};
  }
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void make_nonblocking(const UniqueFd& end) {
  // A new pipe has no other flag that this could take away.
  static_cast<void>(::fcntl(end.get(), F_SETFL, O_NONBLOCK));
}

}  // namespace indexrun::launch
