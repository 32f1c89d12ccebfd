// SPDX-License-Identifier: Apache-2.0
// Opens, hands over and reads the terminal.
#include "support/pty.h"

#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace indexrun::test {

Pty::Pty() : controller_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
  if (controller_ < 0 || grantpt(controller_) != 0 || unlockpt(controller_) != 0) {
    throw std::runtime_error("no pseudo terminal");
  }
  char name[64];
  if (ptsname_r(controller_, name, sizeof name) != 0) {
    throw std::runtime_error("no name for the pseudo terminal");
  }
  name_ = name;
}

Pty::~Pty() {
  close(controller_);
}

void Pty::give_to(Command& run) const {
  run.own_session().in_child([name = name_] {
    int fd = open(name.c_str(), O_RDWR);
    ioctl(fd, TIOCSCTTY, 0);
    for (int stream : {0, 1, 2}) {
      dup2(fd, stream);
    }
    if (fd > 2) {
      close(fd);
    }
  });
}

void Pty::type(std::string_view keys) const {
  if (write(controller_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
    throw std::runtime_error("cannot type");
  }
}

bool Pty::wait_for(std::string_view text) {
  auto until = std::chrono::steady_clock::now() + kDeadline;
  for (;;) {
    std::size_t found = seen_.find(text, matched_);
    if (found != std::string::npos) {
      matched_ = found + text.size();
      return true;
    }
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd fd{controller_, POLLIN, 0};
    if (left.count() <= 0 || poll(&fd, 1, static_cast<int>(left.count())) <= 0) {
      return false;
    }
    char buffer[4096];
    ssize_t size = read(controller_, buffer, sizeof buffer);
    if (size <= 0) {
      return false;
    }
    seen_.append(buffer, static_cast<std::size_t>(size));
  }
}

pid_t Pty::foreground() const {
  return tcgetpgrp(controller_);
}

}  // namespace indexrun::test
