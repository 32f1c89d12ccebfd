// SPDX-License-Identifier: Apache-2.0
#include "launch/settle.h"

#include "base/decimal.h"
#include "base/fd.h"
#include "base/log.h"
#include "launch/memory.h"

#include <algorithm>

#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

/// The descriptors from `first` to `last`.
std::vector<int> open_between(unsigned first, unsigned last) {
  std::vector<int> open;
  DIR* list = ::opendir("/proc/self/fd");
  if (list == nullptr) {
    return open;
  }
  while (const dirent* entry = ::readdir(list)) {
    const auto number = parse_decimal(entry->d_name);
    if (number && *number >= first && *number <= last) {
      open.push_back(static_cast<int>(*number));
    }
  }
  ::closedir(list);
  return open;
}

/// For kernels before 5.9 and filters that know no close_range(2).
void close_one_by_one(unsigned first, unsigned last) {
  for (const int fd : open_between(first, last)) {
    ::close(fd);
  }
}

/// What was inherited has come through an execve(2), so it is not close-on-exec, as all of ours is.
void close_inherited() {
  for (const int fd : open_between(STDERR_FILENO + 1, ~0U)) {
    if ((::fcntl(fd, F_GETFD) & FD_CLOEXEC) == 0) {
      ::close(fd);
    }
  }
}

void close_between(unsigned first, unsigned last) {
  if (first <= last && ::syscall(SYS_close_range, first, last, 0) != 0) {
    close_one_by_one(first, last);
  }
}

void close_all_but(std::vector<int> keep) {
  std::sort(keep.begin(), keep.end());
  unsigned first = STDERR_FILENO + 1;
  for (const int fd : keep) {
    const auto number = static_cast<unsigned>(fd);
    if (fd >= 0 && number >= first) {
      close_between(first, number - 1);
      first = number + 1;
    }
  }
  close_between(first, ~0U);
}

/// Where there is no /dev/null, something else that gives no data and takes none.
void give_up_streams() {
  UniqueFd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!nothing.valid()) {
    nothing.reset(::open("/", O_PATH | O_CLOEXEC));
  }
  if (nothing.valid()) {
    static_cast<void>(::dup2(nothing.get(), STDIN_FILENO));
    static_cast<void>(::dup2(nothing.get(), STDOUT_FILENO));
  }
}

}  // namespace

void settle_but_go_on() {
  close_inherited();
  give_up_streams();
  give_back_memory();
}

void settle(std::vector<int> keep) {
  close_all_but(std::move(keep));
  give_up_streams();
  if (::chdir("/") != 0) {
    LOG_HOW("launch: cannot leave the working directory: " + system_error_text(errno));
  }
  give_back_memory();
}

}  // namespace indexrun::launch
