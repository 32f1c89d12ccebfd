// SPDX-License-Identifier: Apache-2.0
// What is done about each event while one program runs.
#pragma once

#include "launch/copies.h"
#include "launch/denials.h"
#include "launch/feed.h"
#include "launch/leftovers.h"
#include "launch/loop.h"
#include "launch/outcome.h"
#include "launch/spawn.h"
#include "launch/spec.h"
#include "launch/terminal.h"

#include <optional>

namespace indexrun::launch {

/// What is left of the grace period once a second TERM has come.
inline constexpr Milliseconds kHurriedGrace{2'000};

class Supervisor {
 public:
  /// Borrows all but the child; arms the time limit.
  Supervisor(const Spec& spec, Loop& loop, const Terminal& terminal, Child child);

  /// Borrowed, too: standard input of the program, outputs that go through us, and calls that its
  /// filters deny.
  void feed(Feed& feed) { feed_ = &feed; }
  void copies(Copies& copies) { copies_ = &copies; }
  void denials(Denials& denials) { denials_ = &denials; }

  /// Until the program has ended. supervise.h says what happens meanwhile.
  Outcome run();
  /// Why the program did not get all of its standard input, if so.
  [[nodiscard]] const std::optional<Error>& feed_error() const { return feed_error_; }
  /// After the end: what becomes of the processes that the program leaves behind.
  [[nodiscard]] Farewell farewell() const;
  /// For kReady: the descriptors of feed, copies and denials.
  void on_ready(int fd);

 private:
  void on_signal(const signalfd_siginfo& signal);
  void on_stopped(int signal);
  void on_continue();
  void on_timer(TimerId timer);
  void on_ended(const Event& event);
  void stop_ourselves();
  void told_to_end(int signal);
  void begin_grace();
  void hurry();
  void resume();

  const Spec& spec_;
  Loop& loop_;
  const Terminal& terminal_;
  Child child_;
  Feed* feed_ = nullptr;
  Copies* copies_ = nullptr;
  Denials* denials_ = nullptr;
  std::optional<Error> feed_error_;
  Outcome outcome_;
  bool ended_ = false;
  bool child_stopped_ = false;
  bool stop_forwarded_ = false;  ///< a TSTP, TTIN or TTOU came through us
  int last_stop_ = 0;            ///< the signal that the program was last told to end with
  std::optional<Deadline> limit_end_;
  std::optional<TimerId> limit_;  ///< --timeout
  std::optional<Deadline> grace_end_;
  std::optional<TimerId> grace_;       ///< from TERM to KILL
  std::optional<TimerId> group_turn_;  ///< --signal-to program-then-group
};

}  // namespace indexrun::launch
