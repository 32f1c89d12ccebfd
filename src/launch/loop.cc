// SPDX-License-Identifier: Apache-2.0
#include "launch/loop.h"

#include "base/log.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

Event child_event(pid_t pid, int raw, const rusage& usage) {
  Event event;
  event.pid = pid;
  if (WIFCONTINUED(raw)) {
    event.kind = Event::Kind::kContinued;
  } else if (WIFSTOPPED(raw)) {
    event.kind = Event::Kind::kStopped;
    event.status.signal = WSTOPSIG(raw);
  } else {
    event.kind = Event::Kind::kEnded;
    event.status = WaitStatus::from_raw(raw);
    event.usage = usage;
  }
  return event;
}

void tell_orphan(pid_t pid) {
  LOG_HOW("launch: reaped process " + std::to_string(pid));
}

}  // namespace

Result<Loop> Loop::open() {
  Loop loop;
  // Whatever is not blocked is not reported: it acts on us as it always did.
  sigset_t all;
  sigfillset(&all);
  loop.signals_.reset(::signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!loop.signals_.valid()) {
    return Error{.failure = Failure::kInternal,
                 .stage = "launch",
                 .problem = "cannot make a signalfd",
                 .system_error = errno};
  }
  loop.watch_input(loop.signals_.get());
  return loop;
}

TimerId Loop::arm(Deadline deadline) {
  timers_.push_back({deadline, next_timer_});
  return next_timer_++;
}

void Loop::cancel(TimerId timer) {
  std::erase_if(timers_, [timer](const Timer& armed) { return armed.id == timer; });
}

void Loop::forget(int fd) {
  std::erase_if(polled_, [fd](const pollfd& watched) { return watched.fd == fd; });
}

Event Loop::next() {
  for (;;) {
    if (auto event = next_event()) {
      return *event;
    }
    wait(patience());
  }
}

std::optional<Event> Loop::poll() {
  if (auto event = next_event()) {
    return event;
  }
  wait(0);
  return next_event();
}

std::optional<Event> Loop::next_event() {
  if (auto event = next_signal()) {
    return event;
  }
  if (auto event = next_child()) {
    return event;
  }
  if (auto event = next_ready()) {
    return event;
  }
  return next_timer();
}

bool Loop::childless() const {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

int Loop::patience() const {
  int timeout = -1;
  for (const Timer& timer : timers_) {
    const auto left = std::min<Milliseconds::rep>(timer.deadline.left().count(), INT_MAX);
    timeout = timeout < 0 ? static_cast<int>(left) : std::min(timeout, static_cast<int>(left));
  }
  return timeout;
}

void Loop::wait(int timeout) {
  // EINTR comes from being stopped and continued: the caller's loop looks again.
  ready_ = ::poll(polled_.data(), polled_.size(), timeout) > 0;
}

std::optional<Event> Loop::next_signal() {
  for (;;) {
    while (first_ < last_) {
      const signalfd_siginfo& info = queue_[first_++];
      if (info.ssi_signo == SIGCHLD) {
        children_changed_ = true;
        continue;
      }
      Event event;
      event.kind = Event::Kind::kSignal;
      event.signal = info;
      return event;
    }
    const ssize_t size = ::read(signals_.get(), queue_.data(), sizeof queue_);
    first_ = 0;
    last_ = size > 0 ? static_cast<std::size_t>(size) / sizeof queue_[0] : 0;
    if (last_ == 0) {
      return std::nullopt;
    }
  }
}

std::optional<Event> Loop::next_child() {
  while (children_changed_) {
    int raw = 0;
    rusage usage{};
    const pid_t pid = ::wait4(-1, &raw, WNOHANG | WUNTRACED | WCONTINUED, &usage);
    if (pid <= 0) {
      children_changed_ = false;
      return std::nullopt;
    }
    const auto watched = std::find(watched_.begin(), watched_.end(), pid);
    if (watched == watched_.end()) {
      tell_orphan(pid);
      continue;
    }
    const Event event = child_event(pid, raw, usage);
    if (event.kind == Event::Kind::kEnded) {
      watched_.erase(watched);
    }
    return event;
  }
  return std::nullopt;
}

std::optional<Event> Loop::next_ready() {
  if (!ready_) {
    return std::nullopt;
  }
  for (auto watched = polled_.begin() + 1; watched != polled_.end(); ++watched) {
    if (watched->revents != 0) {
      watched->revents = 0;
      Event event;
      event.kind = Event::Kind::kReady;
      event.fd = watched->fd;
      return event;
    }
  }
  ready_ = false;
  return std::nullopt;
}

std::optional<Event> Loop::next_timer() {
  if (timers_.empty()) {
    return std::nullopt;
  }
  const Deadline now = Deadline::now();
  const auto passed = std::find_if(timers_.begin(), timers_.end(),
                                   [&](const Timer& timer) { return timer.deadline <= now; });
  if (passed == timers_.end()) {
    return std::nullopt;
  }
  Event event;
  event.kind = Event::Kind::kTimer;
  event.timer = passed->id;
  timers_.erase(passed);
  return event;
}

}  // namespace indexrun::launch
