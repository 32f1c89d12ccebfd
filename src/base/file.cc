// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun {

UniqueFd open_file(const std::string& path, int flags, mode_t mode) {
  int fd = -1;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return UniqueFd(fd);
}

UniqueFd open_existing(const std::string& path, int flags) {
  constexpr int kTries = 8;
  UniqueFd fd = open_file(path, flags);
  for (int tried = 1; !fd.valid() && errno == ENOENT && tried < kTries; ++tried) {
    fd = open_file(path, flags);
  }
  return fd;
}

int make_folders(int folder, const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (::mkdirat(folder, path.substr(0, slash).c_str(), 0777) != 0 && errno != EEXIST) {
      return errno;
    }
  }
  return 0;
}

ssize_t read_fully(int fd, char* buffer, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = ::read(fd, buffer + done, size - done);
    if (n == 0) {
      break;
    }
    if (n > 0) {
      done += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return static_cast<ssize_t>(done);
}

int write_fully(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

FileContent read_descriptor(int fd, std::size_t limit) {
  constexpr std::size_t kFirst = 4096;
  FileContent content;
  struct stat info {};
  std::size_t guess = kFirst;
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
    guess = static_cast<std::size_t>(info.st_size) + 1;  // one more, to see the end
  }
  // One byte above the limit is enough to know that there is too much.
  const std::size_t most = limit == SIZE_MAX ? limit : limit + 1;
  std::size_t done = 0;
  while (done < most) {
    const std::size_t room = std::min(done == 0 ? guess : done, most - done);
    content.bytes.resize(done + room);
    const ssize_t n = read_fully(fd, content.bytes.data() + done, room);
    if (n < 0) {
      return FileContent{.bytes = {}, .error = errno};
    }
    done += static_cast<std::size_t>(n);
    if (static_cast<std::size_t>(n) < room) {
      break;
    }
  }
  content.bytes.resize(done);
  return done > limit ? FileContent{.bytes = {}, .error = EFBIG} : content;
}

FileContent read_file(const std::string& path, std::size_t limit) {
  const UniqueFd fd = open_existing(path, O_RDONLY | O_NOCTTY);
  if (!fd.valid()) {
    return FileContent{.bytes = {}, .error = errno};
  }
  return read_descriptor(fd.get(), limit);
}

}  // namespace indexrun
