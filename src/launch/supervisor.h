// SPDX-License-Identifier: Apache-2.0
// What is done about each event while one program runs.
#pragma once

#include "launch/feed.h"
#include "launch/loop.h"
#include "launch/outcome.h"
#include "launch/spawn.h"
#include "launch/spec.h"
#include "launch/terminal.h"

#include <optional>

namespace indexrun::launch {

class Supervisor {
 public:
  /// Borrows all but the child; arms the time limit.
  Supervisor(const Spec& spec, Loop& loop, const Terminal& terminal, Child child);

  /// Borrowed, too: standard input of the program.
  void feed(Feed& feed) { feed_ = &feed; }

  /// Until the program has ended. supervise.h says what happens meanwhile.
  Outcome run();
  /// Why the program did not get all of its standard input, if so.
  [[nodiscard]] const std::optional<Error>& feed_error() const { return feed_error_; }

 private:
  void on_signal(const signalfd_siginfo& signal);
  void on_stopped(int signal);
  void on_continue();
  void on_timer(TimerId timer);
  void on_ended(const Event& event);
  void on_ready(int fd);
  void begin_grace();
  void resume();

  const Spec& spec_;
  Loop& loop_;
  const Terminal& terminal_;
  Child child_;
  Feed* feed_ = nullptr;
  std::optional<Error> feed_error_;
  Outcome outcome_;
  bool ended_ = false;
  bool child_stopped_ = false;
  bool stop_forwarded_ = false;   ///< a TSTP, TTIN or TTOU came through us
  std::optional<TimerId> limit_;  ///< --timeout
  std::optional<TimerId> grace_;  ///< from TERM to KILL
};

}  // namespace indexrun::launch
