// SPDX-License-Identifier: Apache-2.0
// Template files, read whole.
#include "inputs/source.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/signals.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::inputs {
namespace {

constexpr std::size_t kBlock = std::size_t{64} * 1024;

Error failed(const std::string& path, int number, bool from_item) {
  constexpr int kPassing[] = {EIO, ESTALE, ENOMEM, EMFILE, ENFILE, EAGAIN, ETIMEDOUT, EINTR};
  Error error{.failure = from_item ? Failure::kItem : Failure::kConfig,
              .stage = "inputs",
              .object = path,
              .problem = "cannot be read",
              .system_error = number};
  if (std::ranges::find(kPassing, number) != std::end(kPassing)) {
    error.failure = Failure::kInput;
  } else if (number == ENOENT) {
    error.hint =
        "a relative path of a template file starts from the directory indexrun was "
        "started in, also with --chdir";
  }
  return error;
}

/// All signals are blocked, so a stop signal does not interrupt a read: it is waited for together
/// with the bytes.
class StopSignals {
 public:
  StopSignals() {
    sigset_t stops;
    sigemptyset(&stops);
    for (int signal = 1; signal < SIGRTMIN; ++signal) {
      if (is_stop_signal(signal)) {
        sigaddset(&stops, signal);
      }
    }
    fd_.reset(::signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK));
  }

  /// Returns when `fd` has something to read or has ended, or with the signal that came first.
  [[nodiscard]] std::optional<int> wait_for(int fd) const {
    for (;;) {
      pollfd ready[] = {{.fd = fd, .events = POLLIN, .revents = 0},
                        {.fd = fd_.get(), .events = POLLIN, .revents = 0}};
      const int count = ::poll(ready, std::size(ready), -1);
      if (const auto signal = pending_stop_signal()) {
        return signal;
      }
      if (count < 0 ? errno != EINTR : ready[0].revents != 0) {
        return std::nullopt;
      }
    }
  }

 private:
  UniqueFd fd_;
};

/// `fd` does not block: a FIFO that nobody writes to yet can be waited for.
Result<std::string> read_pipe(int fd, const std::string& path, bool from_item) {
  const StopSignals stops;
  std::string bytes;
  for (;;) {
    if (const auto signal = stops.wait_for(fd)) {
      return Error{.failure = Failure::kStopped,
                   .stage = "inputs",
                   .object = path,
                   .problem = "not read: stopped by signal " + signal_name(*signal),
                   .signal = *signal};
    }
    const std::size_t done = bytes.size();
    bytes.resize(done + kBlock);
    const ssize_t size = ::read(fd, bytes.data() + done, kBlock);
    bytes.resize(done + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    if (size == 0) {
      return bytes;
    }
    if (size < 0 && errno != EAGAIN && errno != EINTR) {
      return failed(path, errno, from_item);
    }
  }
}

}  // namespace

Result<std::string> read_source(const std::string& path, bool from_item) {
  const UniqueFd fd = open_file(path, O_RDONLY | O_NOCTTY | O_NONBLOCK);
  struct stat status {};
  if (!fd.valid() || ::fstat(fd.get(), &status) != 0) {
    return failed(path, errno, from_item);
  }
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
    return read_pipe(fd.get(), path, from_item);
  }
  FileContent content = read_descriptor(fd.get());
  if (content.error != 0) {
    return failed(path, content.error, from_item);
  }
  return std::move(content.bytes);
}

}  // namespace indexrun::inputs
