// SPDX-License-Identifier: Apache-2.0
// The thread that answers the kernel's questions.
#include "support/access_gate.h"

#include <iterator>

#include <fcntl.h>
#include <poll.h>
#include <sys/fanotify.h>
#include <unistd.h>

namespace indexrun::test {

AccessGate::AccessGate(const std::string& path)
    : fd_(fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC, O_RDONLY | O_CLOEXEC)) {
  if (fd_ >= 0 && fanotify_mark(fd_, FAN_MARK_ADD, FAN_ACCESS_PERM, AT_FDCWD, path.c_str()) != 0) {
    close(fd_);
    fd_ = -1;
  }
}

AccessGate::~AccessGate() {
  if (thread_.joinable()) {
    close(stop_[1]);
    thread_.join();
    close(stop_[0]);
  }
  if (fd_ >= 0) {
    close(fd_);
  }
}

void AccessGate::at_read(int nth, std::function<void()> change) {
  if (pipe2(stop_, O_CLOEXEC) == 0) {
    thread_ = std::thread([this, nth, change = std::move(change)] { serve(nth, change); });
  }
}

void AccessGate::serve(int nth, const std::function<void()>& change) const {
  int reads = 0;
  pollfd fds[] = {{fd_, POLLIN, 0}, {stop_[0], POLLIN, 0}};
  while (poll(fds, std::size(fds), -1) > 0 && fds[1].revents == 0) {
    alignas(fanotify_event_metadata) char buffer[4096];
    ssize_t left = read(fd_, buffer, sizeof buffer);
    auto* event = reinterpret_cast<fanotify_event_metadata*>(buffer);
    for (; left > 0 && FAN_EVENT_OK(event, left); event = FAN_EVENT_NEXT(event, left)) {
      if (++reads == nth) {
        change();
      }
      fanotify_response answer{event->fd, FAN_ALLOW};
      if (write(fd_, &answer, sizeof answer) != sizeof answer) {
        return;
      }
      close(event->fd);
    }
  }
}

}  // namespace indexrun::test
