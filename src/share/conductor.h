// SPDX-License-Identifier: Apache-2.0
// What is done about each event while the items of a share run.
#pragma once

#include "launch/loop.h"
#include "share/job.h"
#include "share/progress.h"
#include "share/relay.h"
#include "share/share.h"
#include "share/starter.h"
#include "share/sum.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::share {

/// So many failed items at most wait to be tried again; then no new ones begin before some of them
/// have had their turn.
inline constexpr std::size_t kMostWaiting = 256;
/// What has been killed may have left lines for a reader who does not read: he gets so long.
inline constexpr Milliseconds kLastWrites{2'000};

class Conductor {
 public:
  /// Borrows all.
  Conductor(const Request& request, launch::Loop& loop, Relay& relay, Starter& starter);

  /// Until every item has ended, or none that runs is left and no more may begin, and what they
  /// wrote has been passed on.
  Sum run();
  /// We were told to stop: readers of our streams have little time left.
  [[nodiscard]] bool signalled() const { return signalled_; }

 private:
  using Slot = std::unique_ptr<Job>;

  // Beginning: whether another item may be begun at once.
  bool begin_next();
  std::unique_ptr<Job> next_job();
  std::unique_ptr<Job> read_job();
  void on_started(std::unique_ptr<Job> job);
  void on_not_started(std::unique_ptr<Job> job, Error error);

  // Events.
  void handle(const launch::Event& event);
  void on_signal(const signalfd_siginfo& signal);
  void on_terminal_stop(int signal);
  void on_timer(launch::TimerId timer);
  void on_job_timer(Job& job, launch::TimerId timer);
  void on_ended(const launch::Event& event);
  void on_stopped(const launch::Event& event);

  // Endings.
  void finish_ended();
  void finish(std::unique_ptr<Job> job);
  void succeed(Job& job);
  void attempt_failed(std::unique_ptr<Job> job, Failed failed);
  void fail(Failed failed, const std::string& hint);

  // The end of all.
  void stop(int signal);
  void tell(Job& job, int signal);
  void give_up(Error error);
  void check_relay();
  void kill_all();
  void limit_last_writes();
  [[nodiscard]] bool over() const;
  [[nodiscard]] Job* job_of(pid_t pid) const;

  const Request& request_;
  launch::Loop& loop_;
  Relay& relay_;
  Starter& starter_;
  Sum sum_;
  Progress progress_;
  std::vector<Slot> slots_;
  std::size_t running_ = 0;
  std::vector<Slot> waiting_;  ///< for their next attempt
  bool unread_ = false;        ///< the last item could not be read; the next one may be
  bool exhausted_ = false;     ///< no item is left that was never begun
  bool stopping_ = false;
  bool signalled_ = false;  ///< a signal to stop has come, first or after a failure
  std::optional<launch::TimerId> grace_;
  std::optional<launch::TimerId> last_writes_;
};

}  // namespace indexrun::share
