// SPDX-License-Identifier: Apache-2.0
#include "launch/stdio.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace indexrun::launch {

void guard_stdio() noexcept {
  // One system call tells about all three: poll(2) marks a descriptor that is not open.
  pollfd streams[3] = {{STDIN_FILENO, 0, 0}, {STDOUT_FILENO, 0, 0}, {STDERR_FILENO, 0, 0}};
  if (::poll(streams, 3, 0) <= 0) {
    return;
  }
  for (const pollfd& stream : streams) {
    if ((stream.revents & POLLNVAL) != 0) {
      // The lowest free number is this one. O_PATH needs no /dev/null and allows no reading or
      // writing. If it fails there is no root directory to run anything from.
      static_cast<void>(::open("/", O_PATH | O_CLOEXEC));
    }
  }
}

}  // namespace indexrun::launch
