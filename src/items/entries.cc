// SPDX-License-Identifier: Apache-2.0
// readdir(3) on a duplicate of the descriptor.
#include "items/entries.h"

#include "base/fd.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::items {

Entries::Entries(int fd) {
  UniqueFd own(fcntl(fd, F_DUPFD_CLOEXEC, 0));
  directory_.reset(own.valid() ? fdopendir(own.get()) : nullptr);
  if (!directory_) {
    error_ = errno;
    return;
  }
  static_cast<void>(own.release());
  rewinddir(directory_.get());
}

const dirent* Entries::next() {
  while (directory_ && error_ == 0) {
    errno = 0;
    const dirent* entry = readdir(directory_.get());
    if (entry == nullptr) {
      error_ = errno;
      return nullptr;
    }
    if (entry->d_name[0] != '.') {
      return entry;
    }
  }
  return nullptr;
}

}  // namespace indexrun::items
