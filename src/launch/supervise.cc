// SPDX-License-Identifier: Apache-2.0
#include "launch/supervise.h"

#include "base/log.h"
#include "launch/copies.h"
#include "launch/denials.h"
#include "launch/exec.h"
#include "launch/feed.h"
#include "launch/leftovers.h"
#include "launch/limit_reached.h"
#include "launch/loop.h"
#include "launch/oom.h"
#include "launch/plan.h"
#include "launch/private_folders.h"
#include "launch/reaper.h"
#include "launch/settle.h"
#include "launch/spawn.h"
#include "launch/supervisor.h"
#include "launch/terminal.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::launch {

namespace {

/// One run of the program, from its start to the end of all that it left behind.
class Run {
 public:
  static Result<Outcome> of(const Request& request) {
    TRY(Loop loop, Loop::open());
    Run run(request, loop);
    return run.to_the_end();
  }

 private:
  Run(const Request& request, Loop& loop)
      : request_(request), loop_(loop), terminal_(Terminal::find()) {}

  Result<Outcome> to_the_end() {
    become_reaper(request_.spec.parent_death_signal);
    TRY(copies_, Copies::open(loop_, request_));
    if (request_.input != nullptr) {
      TRY(Feed opened, Feed::open(loop_, *request_.input));
      feed_.emplace(std::move(opened));
    }
    TRY(folders_, PrivateFolders::make(request_.inputs, request_.prepared));
    // Before the start: a program can be out of memory before anything else is done here.
    const OomCounter memory = OomCounter::open();
    TRY(const Child child, start());
    LOG_CHOSEN("launch: supervising process " + std::to_string(child.pid));
    settle_down(memory);
    return watch(child, memory);
  }

  Result<Child> start() {
    Request request = request_;
    request.streams = copies_.streams(request.streams);
    if (feed_) {
      request.streams.input = feed_->reader().get();
    }
    TRY(const Plan plan, Plan::make(request, &folders_));
    if (const auto signal = pending_stop_signal()) {
      return stopped_before_start(*signal);
    }
    const int terminal = terminal_.ours() ? terminal_.fd() : -1;
    const bool listens = !request_.prepared.asking.empty();
    UniqueFd listener;
    auto child = spawn(plan, terminal, listens ? &listener : nullptr);
    if (child && listens) {
      denials_ = Denials(loop_, std::move(listener), request_.prepared.filters);
    }
    copies_.release();
    if (feed_) {
      feed_->reader().reset();
    }
    return child;
  }

  void settle_down(const OomCounter& memory) {
    if (request_.again) {
      return;  // the next attempt inherits what this one did
    }
    if (request_.forget) {
      request_.forget();
    }
    if (request_.input != nullptr) {
      settle_but_go_on();
      return;
    }
    std::vector<int> keep = request_.keep;
    keep.insert(keep.end(), {loop_.fd(), terminal_.fd(), memory.fd(), denials_.fd()});
    const std::vector<int> copied = copies_.fds();
    keep.insert(keep.end(), copied.begin(), copied.end());
    settle(std::move(keep));
  }

  Result<Outcome> watch(const Child& child, const OomCounter& memory) {
    Supervisor supervisor(request_.spec, loop_, terminal_, child);
    if (feed_) {
      supervisor.feed(*feed_);
    }
    supervisor.copies(copies_);
    supervisor.denials(denials_);
    Outcome outcome = supervisor.run();
    terminal_.take_back_from(child.pid);
    Farewell farewell = supervisor.farewell();
    farewell.ready = [&](int fd) { supervisor.on_ready(fd); };
    outcome.timed_out = end_leftovers(loop_, farewell) || outcome.timed_out;
    denials_.finish();
    if (!request_.prepared.asking.empty()) {
      outcome.denials = denials_.count();
    }
    copies_.finish(loop_, outcome.stopped);
    outcome.oom_kills = memory.kills();
    outcome.error_tail = copies_.tail();
    outcome.limit = limit_reached(request_.prepared, outcome);
    if (supervisor.feed_error()) {
      return *supervisor.feed_error();
    }
    if (outcome.status.success() && copies_.error()) {
      return *copies_.error();
    }
    return outcome;
  }

  const Request& request_;
  Loop& loop_;
  const Terminal terminal_;
  Copies copies_;
  std::optional<Feed> feed_;
  Denials denials_;
  PrivateFolders folders_;
};

}  // namespace

Result<Outcome> supervise(const Request& request) {
  return Run::of(request);
}

}  // namespace indexrun::launch
