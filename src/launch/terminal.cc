// SPDX-License-Identifier: Apache-2.0
#include "launch/terminal.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::launch {

Terminal Terminal::find() {
  Terminal terminal;
  // Fails for anything that is not the controlling terminal of our session.
  if (::tcgetpgrp(STDIN_FILENO) >= 0) {
    terminal.fd_.reset(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
  }
  return terminal;
}

bool Terminal::ours() const {
  return fd_.valid() && ::tcgetpgrp(fd_.get()) == ::getpgrp();
}

void Terminal::give(pid_t group) const {
  if (fd_.valid()) {
    static_cast<void>(::tcsetpgrp(fd_.get(), group));
  }
}

void Terminal::take_back_from(pid_t group) const {
  if (fd_.valid() && ::tcgetpgrp(fd_.get()) == group) {
    give(::getpgrp());
  }
}

bool is_terminal_stop(int signal) {
  return signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

bool nobody_would_continue_us() {
  const pid_t parent = ::getppid();
  const pid_t session = ::getsid(0);
  return session == ::getpid() || parent == 0 || ::getsid(parent) != session;
}

}  // namespace indexrun::launch
