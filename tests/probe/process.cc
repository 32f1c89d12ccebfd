// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include "reachable.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::testing {
namespace {

/// Found before any test begins: a test's child that has changed its user could not.
const std::string kProbe = reachable(PROBE_PATH);

constexpr int kPatience = 20'000;

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    std::perror("pipe2");
    std::abort();
  }
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

/// False at the end.
bool append(UniqueFd& from, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t size = ::read(from.get(), buffer.data(), buffer.size());
  if (size <= 0) {
    from.reset();
    return false;
  }
  text.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

}  // namespace

std::string probe_path() {
  return kProbe;
}

Process Process::begin() {
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  static_cast<void>(std::fflush(nullptr));
  Process process;
  process.pid_ = ::fork();
  if (process.pid_ == 0) {
    const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    static_cast<void>(::dup2(nothing.get(), STDIN_FILENO));
    static_cast<void>(::dup2(out.writing.get(), STDOUT_FILENO));
    static_cast<void>(::dup2(err.writing.get(), STDERR_FILENO));
    return process;
  }
  process.out_ = std::move(out.reading);
  process.err_ = std::move(err.reading);
  return process;
}

void Process::leave(int status) {
  static_cast<void>(std::fflush(nullptr));
  ::_exit(status);
}

Process::~Process() {
  if (pid_ > 0 && !reaped_) {
    static_cast<void>(::kill(pid_, SIGKILL));
    static_cast<void>(::waitpid(pid_, nullptr, 0));
  }
}

bool Process::read_some(int timeout) {
  std::array<pollfd, 2> ends{{{out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}}};
  if (::poll(ends.data(), ends.size(), timeout) <= 0) {
    static_cast<void>(::kill(pid_, SIGKILL));
    return false;
  }
  if (ends[0].revents != 0) {
    static_cast<void>(append(out_, out_text_));
  }
  if (ends[1].revents != 0) {
    static_cast<void>(append(err_, err_text_));
  }
  return true;
}

std::string Process::line() {
  while (out_text_.find('\n') == std::string::npos && out_.valid()) {
    if (!read_some(kPatience)) {
      break;
    }
  }
  const std::size_t end = out_text_.find('\n');
  std::string line = out_text_.substr(0, end);
  out_text_.erase(0, end == std::string::npos ? end : end + 1);
  return line;
}

void Process::send(int signal) const {
  static_cast<void>(::kill(pid_, signal));
}

Ended Process::wait() {
  while (out_.valid() || err_.valid()) {
    if (!read_some(kPatience)) {
      break;
    }
  }
  int raw = 0;
  static_cast<void>(::waitpid(pid_, &raw, 0));
  reaped_ = true;
  return {WaitStatus::from_raw(raw), std::move(out_text_), std::move(err_text_)};
}

}  // namespace indexrun::testing
