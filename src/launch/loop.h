// SPDX-License-Identifier: Apache-2.0
// Waits for whatever happens next: the sole owner of the signalfd, of the timers and of waitpid(2)
// for any number of children. No handlers, no threads, no wake-up unless something happens.
#pragma once

#include "base/deadline.h"
#include "base/fd.h"
#include "base/result.h"
#include "base/wait_status.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <optional>
#include <vector>

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/types.h>

namespace indexrun::launch {

using TimerId = std::uint64_t;

/// One thing that happened.
struct Event {
  enum class Kind {
    kSignal,     ///< a signal came for us (never SIGCHLD)
    kEnded,      ///< a watched child has ended and been reaped: its pid may be anyone's from now on
    kStopped,    ///< a watched child was stopped by `status.signal`
    kContinued,  ///< a watched child goes on
    kTimer,      ///< a deadline passed; the timer is gone
    kReady,      ///< a descriptor can be read or written, or is at its end or broken
  };
  Kind kind = Kind::kSignal;
  signalfd_siginfo signal{};  ///< for kSignal
  pid_t pid = -1;             ///< for kEnded, kStopped, kContinued
  WaitStatus status;          ///< for kEnded, kStopped
  rusage usage{};             ///< for kEnded, with its own waited-for descendants
  TimerId timer = 0;          ///< for kTimer
  int fd = -1;                ///< for kReady
};

class Loop {
 public:
  /// All signals that are to be reported are blocked already (take_signals()). kInternal if the
  /// system has no descriptor left.
  static Result<Loop> open();

  /// Events of this child will be reported. Other children, such as orphans that were handed to us,
  /// are reaped in silence.
  void watch(pid_t pid) { watched_.push_back(pid); }
  TimerId arm(Deadline deadline);
  void cancel(TimerId timer);

  /// kReady is reported again and again while `fd` can be read without waiting. By the time it is
  /// handled that may have changed.
  void watch_input(int fd) { polled_.push_back({fd, POLLIN, 0}); }
  void watch_output(int fd) { polled_.push_back({fd, POLLOUT, 0}); }
  /// To be called before `fd` is closed.
  void forget(int fd);

  /// Blocks until something happens. Signals come before the ends of children, so that a pid is
  /// still its child's while the signals sent before its end are handled; then come descriptors,
  /// timers last.
  [[nodiscard]] Event next();
  /// What has happened already, if anything has.
  [[nodiscard]] std::optional<Event> poll();

  /// True if we have no child at all, ended ones included: as a subreaper, no descendant.
  [[nodiscard]] bool childless() const;

  /// To be kept open; close-on-exec.
  [[nodiscard]] int fd() const { return signals_.get(); }

 private:
  struct Timer {
    Deadline deadline;
    TimerId id;
  };

  Loop() = default;
  void wait(int timeout);
  [[nodiscard]] int patience() const;
  std::optional<Event> next_event();
  std::optional<Event> next_signal();
  std::optional<Event> next_child();
  std::optional<Event> next_ready();
  std::optional<Event> next_timer();

  UniqueFd signals_;
  std::vector<pollfd> polled_;               // the signals first
  bool ready_ = false;                       // some of them have events that were not reported
  std::array<signalfd_siginfo, 4> queue_{};  // read and not yet reported, from first_ to last_
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  bool children_changed_ = true;  // one SIGCHLD stands for any number of changes
  std::vector<pid_t> watched_;
  std::vector<Timer> timers_;
  TimerId next_timer_ = 1;
};

}  // namespace indexrun::launch
