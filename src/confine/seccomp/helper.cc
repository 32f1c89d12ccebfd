// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/helper.h"

#include "base/deadline.h"
#include "base/fd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

void limit(__rlimit_resource_t resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(resource, &now) == 0) {
    now.rlim_max = std::min(now.rlim_max, most);
    now.rlim_cur = now.rlim_max;
    static_cast<void>(::setrlimit(resource, &now));
  }
}

/// The kernel kills at the hard limit, also where XCPU is blocked.
[[noreturn]] void become_helper(CompileLimits limits, const std::function<int(int)>& work,
                                int pipe) {
  static_cast<void>(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
  limit(RLIMIT_CPU, limits.cpu_seconds);
  limit(RLIMIT_CORE, 0);
  int status = ENOMEM;
  try {
    status = work(pipe);
  } catch (...) {
    status = ENOMEM;
  }
  ::_exit(status & 0xFF);
}

/// Reads until the other end is closed; false if time has passed before, or on an error.
bool read_all(int fd, Deadline until, std::string& output) {
  std::array<char, 16384> buffer;
  for (;;) {
    pollfd one{fd, POLLIN, 0};
    const auto left = std::min<Milliseconds::rep>(until.left().count(), 60'000);
    const int ready = ::poll(&one, 1, static_cast<int>(left));
    if (ready < 0 && errno != EINTR) {
      return false;
    }
    if (ready <= 0) {
      if (until.passed()) {
        return false;
      }
      continue;
    }
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n == 0) {
      return true;
    }
    if (n < 0 && errno != EINTR) {
      return false;
    }
    output.append(buffer.data(), n < 0 ? 0 : static_cast<std::size_t>(n));
  }
}

struct Reaped {
  int status = 0;
  time_t cpu_seconds = 0;
};

Reaped reap(pid_t pid) {
  Reaped reaped;
  rusage used{};
  while (::wait4(pid, &reaped.status, __WALL, &used) < 0 && errno == EINTR) {
  }
  const suseconds_t parts = used.ru_utime.tv_usec + used.ru_stime.tv_usec;
  constexpr suseconds_t kSecond = 1'000'000;
  reaped.cpu_seconds = used.ru_utime.tv_sec + used.ru_stime.tv_sec + parts / kSecond;
  return reaped;
}

}  // namespace

Helped run_helper(CompileLimits limits, const std::function<int(int)>& work) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return {.output = {}, .error = errno};
  }
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  // fork(2) without a signal at the end. All arguments are 0, so their order does not matter, which
  // differs between machines.
  const auto pid = static_cast<pid_t>(::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
  if (pid < 0) {
    return {.output = {}, .error = errno};
  }
  if (pid == 0) {
    become_helper(limits, work, writing.get());
  }
  writing.reset();
  Helped helped;
  const bool whole = read_all(reading.get(), Deadline::in(limits.wall), helped.output);
  if (!whole) {
    static_cast<void>(::kill(pid, SIGKILL));
  }
  const auto [status, cpu_seconds] = reap(pid);
  helped.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  helped.error = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  // The kernel counts in ticks, and may be a moment early.
  const bool used_up = cpu_seconds + 1 >= static_cast<time_t>(limits.cpu_seconds);
  helped.out_of_time =
      !whole || ((helped.signal == SIGKILL || helped.signal == SIGXCPU) && used_up);
  return helped;
}

}  // namespace indexrun::confine
