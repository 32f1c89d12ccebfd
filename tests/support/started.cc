// SPDX-License-Identifier: Apache-2.0
// Waiting for a started program and collecting what it prints.
#include "support/run.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

/// Moves what is there into `text`; closes and forgets the descriptor at its end.
void drain(int& fd, std::string& text) {
  char buffer[65536];
  ssize_t size = read(fd, buffer, sizeof buffer);
  if (size > 0) {
    text.append(buffer, static_cast<std::size_t>(size));
    return;
  }
  close(fd);
  fd = -1;
}

void shorten(std::ostream& stream, std::string_view text) {
  constexpr std::size_t kShown = 4000;
  stream << text.substr(0, kShown);
  if (text.size() > kShown) {
    stream << "... (" << text.size() << " bytes)";
  }
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Ran& ran) {
  stream << "\n  command:";
  for (const std::string& argument : ran.argv) {
    stream << " '";
    shorten(stream, argument);
    stream << "'";
  }
  if (ran.out_of_time) {
    stream << "\n  killed: the deadline of the test passed";
  } else if (ran.signal != 0) {
    stream << "\n  killed by signal " << ran.signal;
  } else {
    stream << "\n  exit status " << ran.exit;
  }
  stream << "\n  stdout: ";
  shorten(stream, ran.out);
  stream << "\n  stderr: ";
  shorten(stream, ran.err);
  return stream << "\n";
}

Started::Started(pid_t pid, int pidfd, int out, int err, std::vector<std::string> argv)
    : pid_(pid), pidfd_(pidfd), out_fd_(out), err_fd_(err), argv_(std::move(argv)) {}

Started::Started(Started&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pidfd_(std::exchange(other.pidfd_, -1)),
      out_fd_(std::exchange(other.out_fd_, -1)),
      err_fd_(std::exchange(other.err_fd_, -1)),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)),
      argv_(std::move(other.argv_)),
      until_(other.until_) {}

Started::~Started() {
  if (pid_ > 0) {
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close_all();
}

void Started::close_all() {
  for (int* fd : {&pidfd_, &out_fd_, &err_fd_}) {
    if (*fd >= 0) {
      close(std::exchange(*fd, -1));
    }
  }
}

void Started::send(int signal) const {
  kill(pid_, signal);
}

bool Started::pump(const std::function<bool()>& done) {
  bool ended = false;
  while (!done()) {
    if (ended && out_fd_ < 0 && err_fd_ < 0) {
      return false;
    }
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until_ - std::chrono::steady_clock::now());
    pollfd fds[] = {{out_fd_, POLLIN, 0}, {err_fd_, POLLIN, 0}, {ended ? -1 : pidfd_, POLLIN, 0}};
    if (left.count() <= 0 || poll(fds, std::size(fds), static_cast<int>(left.count())) == 0) {
      return false;
    }
    if (fds[0].revents != 0) {
      drain(out_fd_, out_);
    }
    if (fds[1].revents != 0) {
      drain(err_fd_, err_);
    }
    ended = ended || fds[2].revents != 0;
  }
  return true;
}

bool Started::wait_for_output(std::string_view text) {
  return pump([&] { return out_.find(text) != std::string::npos; });
}

bool Started::wait_for_end_of_output() {
  return pump([&] { return out_fd_ < 0; });
}

Ran Started::finish() {
  bool left_time = !pump([] { return false; }) && std::chrono::steady_clock::now() < until_;
  Ran ran{.argv = argv_, .out_of_time = !left_time};
  if (!left_time) {
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);
  }
  int status = 0;
  waitpid(std::exchange(pid_, -1), &status, 0);
  if (WIFEXITED(status) && left_time) {
    ran.exit = WEXITSTATUS(status);
  } else if (WIFSIGNALED(status) && left_time) {
    ran.signal = WTERMSIG(status);
  }
  ran.out = std::move(out_);
  ran.err = std::move(err_);
  close_all();
  return ran;
}

}  // namespace indexrun::test
