// SPDX-License-Identifier: Apache-2.0
#include "base/fd.h"

#include <cerrno>

#include <unistd.h>

namespace indexrun {

void UniqueFd::reset(int fd) {
  const int old = std::exchange(fd_, fd);
  if (old >= 0 && old != fd) {
    const int saved = errno;
    // EINTR too means closed on Linux (close(2)): a second close could hit a stranger's file.
    (void)::close(old);
    errno = saved;
  }
}

int UniqueFd::close() {
  const int old = release();
  if (old < 0) {
    return EBADF;
  }
  return ::close(old) == 0 || errno == EINTR ? 0 : errno;
}

}  // namespace indexrun
