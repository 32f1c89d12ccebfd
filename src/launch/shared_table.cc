// SPDX-License-Identifier: Apache-2.0
#include "launch/shared_table.h"

#include "base/decimal.h"

#include <cerrno>
#include <csignal>
#include <cstddef>

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>

namespace indexrun::launch {
namespace {

/// What is open besides the standard streams and will be so in the program. Without /proc nothing
/// is found, and nobody can tell.
std::vector<int> inherited() {
  std::vector<int> found;
  DIR* list = ::opendir("/proc/self/fd");
  if (list == nullptr) {
    return found;
  }
  while (const dirent* entry = ::readdir(list)) {
    const auto number = parse_decimal(entry->d_name);
    if (number && *number > STDERR_FILENO) {
      const int fd = static_cast<int>(*number);
      const int flags = ::fcntl(fd, F_GETFD);
      if (flags >= 0 && (flags & FD_CLOEXEC) == 0) {
        found.push_back(fd);
      }
    }
  }
  ::closedir(list);
  return found;
}

}  // namespace

Result<SharedTable> SharedTable::prepare() {
  SharedTable table;
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) {
    Stream& stream = table.streams_[static_cast<std::size_t>(fd)];
    stream.flags = ::fcntl(fd, F_GETFD);
    stream.copy.reset(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (!stream.copy.valid() && errno != EBADF) {
      return Error{.failure = Failure::kInternal,
                   .stage = "launch",
                   .problem = "cannot copy a standard stream",
                   .system_error = errno};
    }
  }
  table.inherited_ = inherited();
  return table;
}

SharedTable::~SharedTable() {
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) {
    const Stream& stream = streams_[static_cast<std::size_t>(fd)];
    if (stream.copy.valid()) {
      const bool closes = (stream.flags & FD_CLOEXEC) != 0;
      static_cast<void>(::dup3(stream.copy.get(), fd, closes ? O_CLOEXEC : 0));
    }
  }
  for (const int fd : inherited_) {
    static_cast<void>(::fcntl(fd, F_SETFD, 0));
  }
}

pid_t SharedTable::fork(int (*run)(void*), void* argument) {
  // What lies on it beyond a few frames are the lists of descriptors and groups that a child reads.
  constexpr std::size_t kStack = std::size_t{64} * 1024;
  std::vector<std::max_align_t> stack(kStack / sizeof(std::max_align_t));
  return ::clone(run, stack.data() + stack.size(), CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD,
                 argument);
}

}  // namespace indexrun::launch
