// SPDX-License-Identifier: Apache-2.0
#include "launch/spawn.h"

#include "base/file.h"
#include "launch/pipe.h"
#include "launch/shared_table.h"

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

struct Start {
  ChildPlan plan;
  Group group;
  int report;
};

// The sanitizer takes a stack that is not its thread's for a damaged one, and says so with system
// calls.
[[noreturn, gnu::noinline, gnu::no_sanitize_address]] void run_child(const Start& start) {
  const ChildFailure failure = become(start.plan, start.group);
  constexpr int kNotStarted = 125;  // seen by nobody but a debugger: the report tells more
  // A report that cannot be written leaves the exit status, and nobody to tell more.
  [[maybe_unused]] const ssize_t written = ::write(start.report, &failure, sizeof failure);
  ::_exit(kNotStarted);
}

/// vfork(2) copies no page tables, cannot fail for want of memory to copy, and lets the child reach
/// execve before we go on. The child runs on our stack, so nothing but run_child() happens here.
[[gnu::noinline]] pid_t fork_child(const Start& start) {
  const pid_t pid = ::vfork();
  if (pid == 0) {
    run_child(start);
  }
  return pid;
}

[[noreturn, gnu::no_sanitize_address]] int run_child_on_own_stack(void* start) {
  run_child(*static_cast<const Start*>(start));
}

/// The listener exists only in the process that loads the filter, which may be unable to send a
/// descriptor anywhere from then on; so it opens the listener in a table that is ours, too.
Result<pid_t> fork_listened(Start& start, UniqueFd& listener) {
  int opened = -1;
  start.plan.listener = &opened;
  TRY(const SharedTable table, SharedTable::prepare());
  const pid_t pid = table.fork(run_child_on_own_stack, &start);
  const int number = errno;
  listener.reset(opened);
  errno = number;
  return pid;
}

}  // namespace

Result<Child> spawn(const Plan& plan, int terminal, UniqueFd* listener) {
  TRY(Pipe report, open_pipe());
  Start start{plan.child(), Group{.own = true, .terminal = terminal}, report.writing.get()};
  pid_t pid = -1;
  if (listener == nullptr) {
    pid = fork_child(start);
  } else {
    TRY(pid, fork_listened(start, *listener));
  }
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
