// SPDX-License-Identifier: Apache-2.0
// Inherited descriptors become close-on-exec.
#include "confine/apply_steps.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr unsigned kFirst = STDERR_FILENO + 1;
constexpr unsigned kCloseOnExec = 4;  // CLOSE_RANGE_CLOEXEC, Linux 5.11

/// The start of an entry of getdents64(2), before its name.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t size;
};
constexpr long kName = 19;  // the type, a byte, lies between

/// The number that a name is; -1 for "." and "..".
int number_of(const char* name) {
  int number = *name == '\0' ? -1 : 0;
  for (; *name != '\0'; ++name) {
    if (*name < '0' || *name > '9') {
      return -1;
    }
    number = number * 10 + (*name - '0');
  }
  return number;
}

/// Calls `visit(fd)`, which gives 0 to go on, for each open descriptor from `first` to `last` but
/// the one of the list itself. What it gave, or an errno of the listing as a negative number.
template <typename Visit>
int for_each_open(unsigned first, unsigned last, Visit visit) {
  const long list =
      syscall(SYS_openat, AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (list < 0) {
    return -errno;
  }
  const int self = static_cast<int>(list);
  int result = 0;
  alignas(Entry) char buffer[1024];
  long size = 0;
  while (result == 0 && (size = syscall(SYS_getdents64, self, buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < size && result == 0;) {
      const Entry* entry = reinterpret_cast<const Entry*>(buffer + at);
      const int fd = number_of(buffer + at + kName);
      const bool inside = fd >= 0 && static_cast<unsigned>(fd) >= first &&
                          static_cast<unsigned>(fd) <= last && fd != self;
      result = inside ? visit(fd) : 0;
      at += entry->size;
    }
  }
  if (result == 0 && size < 0) {
    result = -errno;
  }
  close(self);
  return result;
}

Failed mark(unsigned first, unsigned last) {
  if (first > last || syscall(SYS_close_range, first, last, kCloseOnExec) == 0) {
    return {};
  }
  // Kernels before 5.11, and filters that know no close_range(2).
  const int result = for_each_open(first, last, [](int fd) {
    return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 || errno == EBADF ? 0 : errno;
  });
  return result == 0 ? Failed{} : Failed{Step::kDescriptors, result < 0 ? -result : result};
}

bool kept(const Descriptors& wanted, int fd) {
  for (const unsigned keep : wanted.keep) {
    if (keep == static_cast<unsigned>(fd)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Failed apply_descriptors(const Descriptors& wanted) noexcept {
  unsigned first = kFirst;
  for (const unsigned keep : wanted.keep) {
    if (const Failed failed = mark(first, keep - 1); failed.any()) {
      return failed;
    }
    first = keep + 1;
  }
  return mark(first, ~0U);
}

Failed apply_verify_descriptors(const Descriptors& wanted) noexcept {
  for (const unsigned keep : wanted.keep) {
    const int flags = fcntl(static_cast<int>(keep), F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0) {
      return {Step::kVerifyDescriptors, 0, static_cast<int>(keep)};
    }
  }
  const int result = for_each_open(kFirst, ~0U, [&](int fd) {
    const int flags = fcntl(fd, F_GETFD);
    return flags < 0 || (flags & FD_CLOEXEC) != 0 || kept(wanted, fd) ? 0 : fd;
  });
  // Where there is no /proc, or no descriptor left to read it with, close_range(2) was believed.
  return result > 0 ? Failed{Step::kVerifyDescriptors, 0, result} : Failed{};
}

}  // namespace indexrun::confine
