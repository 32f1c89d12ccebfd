// SPDX-License-Identifier: Apache-2.0
#include "launch/spawn.h"

#include "base/file.h"
#include "launch/pipe.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

Error refused(int number) {
  std::string hint;
  if (number == EAGAIN) {
    hint = "a limit on processes is reached: pids of the cgroup, or RLIMIT_NPROC of this user";
  } else if (number == ENOMEM) {
    hint = "memory is short: raise the container's memory limit";
  }
  return Error{.failure = Failure::kInternal,
               .stage = "launch",
               .problem = "the system refused to start a process",
               .system_error = number,
               .hint = std::move(hint)};
}

[[noreturn, gnu::noinline]] void run_child(const ChildPlan& plan, Group group, int report) {
  const ChildFailure failure = become(plan, group);
  constexpr int kNotStarted = 125;  // seen by nobody but a debugger: the report tells more
  // A report that cannot be written leaves the exit status, and nobody to tell more.
  [[maybe_unused]] const ssize_t written = ::write(report, &failure, sizeof failure);
  ::_exit(kNotStarted);
}

/// vfork(2) copies no page tables, cannot fail for want of memory to copy, and lets the child reach
/// execve before we go on. The child runs on our stack, so nothing but run_child() happens here.
[[gnu::noinline]] pid_t fork_child(const ChildPlan& plan, Group group, int report) {
  const pid_t pid = ::vfork();
  if (pid == 0) {
    run_child(plan, group, report);
  }
  return pid;
}

}  // namespace

Result<Child> spawn(const Plan& plan, int terminal) {
  TRY(Pipe report, open_pipe());
  const ChildPlan child = plan.child();
  const pid_t pid =
      fork_child(child, Group{.own = true, .terminal = terminal}, report.writing.get());
  if (pid < 0) {
    return refused(errno);
  }
  const auto started = std::chrono::steady_clock::now();
  // Where vfork is emulated by fork the child may not have come so far: a group must be there
  // before the first signal is sent to it.
  static_cast<void>(::setpgid(pid, pid));
  report.writing.reset();
  ChildFailure failure;
  if (read_fully(report.reading.get(), reinterpret_cast<char*>(&failure), sizeof failure) ==
      static_cast<ssize_t>(sizeof failure)) {
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return plan.explain(failure);
  }
  return Child{pid, started};
}

}  // namespace indexrun::launch
