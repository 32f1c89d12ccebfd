// SPDX-License-Identifier: Apache-2.0
#include "base/patient_read.h"

#include "base/file.h"
#include "base/signals.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun {

namespace {

bool is_regular(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

}  // namespace

Error ReadEnd::to_error(Error unreadable) const {
  if (signal != 0) {
    unreadable.failure = Failure::kStopped;
    unreadable.signal = signal;
    unreadable.problem = "not read: stopped by signal " + signal_name(signal);
    unreadable.system_error = 0;
    unreadable.hint.clear();
  }
  return unreadable;
}

UniqueFd open_patiently(const std::string& path) {
  return open_existing(path, O_RDONLY | O_NOCTTY | O_NONBLOCK);
}

PatientReader::PatientReader(int fd) : fd_(fd), regular_(is_regular(fd)) {}

// Until there is something to read, or the end: 0, or the stop signal that came first.
int PatientReader::wait() {
  if (!regular_ && !stops_.valid()) {
    stops_ = watch_stop_signals();
  }
  for (;;) {
    if (const auto signal = pending_stop_signal()) {
      return *signal;
    }
    if (regular_) {
      return 0;
    }
    std::array<pollfd, 2> ready{{{.fd = fd_, .events = POLLIN, .revents = 0},
                                 {.fd = stops_.get(), .events = POLLIN, .revents = 0}}};
    const int count = ::poll(ready.data(), ready.size(), -1);
    if ((count < 0 && errno != EINTR) || (count > 0 && ready[1].revents == 0)) {
      return 0;
    }
  }
}

PatientReader::Block PatientReader::read(char* buffer, std::size_t size) {
  Block block;
  while (block.size < size) {
    if (const int signal = wait(); signal != 0) {
      block.end.signal = signal;
      return block;
    }
    const ssize_t n = ::read(fd_, buffer + block.size, size - block.size);
    if (n == 0) {
      return block;
    }
    if (n > 0) {
      block.size += static_cast<std::size_t>(n);
    } else if (errno != EINTR && errno != EAGAIN) {
      block.end.error = errno;
      return block;
    }
  }
  return block;
}

PatientContent read_patiently(const std::string& path, std::size_t limit) {
  constexpr std::size_t kFirst = 4096;
  PatientContent content;
  const UniqueFd fd = open_patiently(path);
  if (!fd.valid()) {
    content.end.error = errno;
    return content;
  }
  PatientReader reader(fd.get());
  std::size_t done = 0;
  // One byte above the limit is enough to know that there is too much.
  const std::size_t most = limit == SIZE_MAX ? limit : limit + 1;
  while (content.end.fine() && done < most) {
    const std::size_t room = std::min(std::max(done, kFirst), most - done);
    content.bytes.resize(done + room);
    const PatientReader::Block block = reader.read(content.bytes.data() + done, room);
    content.end = block.end;
    done += block.size;
    if (block.size < room) {
      break;
    }
  }
  content.bytes.resize(done);
  if (content.end.fine() && done > limit) {
    content.end.error = EFBIG;
  }
  return content;
}

}  // namespace indexrun
