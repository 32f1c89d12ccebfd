// SPDX-License-Identifier: Apache-2.0
#include "launch/supervise.h"

#include "base/log.h"
#include "launch/exec.h"
#include "launch/feed.h"
#include "launch/leftovers.h"
#include "launch/loop.h"
#include "launch/plan.h"
#include "launch/reaper.h"
#include "launch/settle.h"
#include "launch/spawn.h"
#include "launch/supervisor.h"
#include "launch/terminal.h"

#include <optional>
#include <string>
#include <utility>

namespace indexrun::launch {

namespace {

Result<Child> start(const Request& request, const Terminal& terminal) {
  TRY(const Plan plan, Plan::make(request));
  if (const auto signal = pending_stop_signal()) {
    return stopped_before_start(*signal);
  }
  return spawn(plan, terminal.ours() ? terminal.fd() : -1);
}

Result<Child> start_fed(Request request, const Terminal& terminal, Feed& feed) {
  request.streams.input = feed.reader().get();
  auto child = start(request, terminal);
  feed.reader().reset();
  return child;
}

void settle_down(const Request& request, const Loop& loop, const Terminal& terminal) {
  if (request.input != nullptr) {
    settle_but_go_on();
    return;
  }
  std::vector<int> keep = request.keep;
  keep.insert(keep.end(), {loop.fd(), terminal.fd()});
  settle(std::move(keep));
}

}  // namespace

Result<Outcome> supervise(const Request& request) {
  const Terminal terminal = Terminal::find();
  TRY(Loop loop, Loop::open());
  become_reaper();
  std::optional<Feed> feed;
  Child child;
  if (request.input != nullptr) {
    TRY(Feed opened, Feed::open(loop, *request.input));
    feed.emplace(std::move(opened));
    TRY(child, start_fed(request, terminal, *feed));
  } else {
    TRY(child, start(request, terminal));
  }
  LOG_CHOSEN("launch: supervising process " + std::to_string(child.pid));
  settle_down(request, loop, terminal);
  Supervisor supervisor(request.spec, loop, terminal, child);
  if (feed) {
    supervisor.feed(*feed);
  }
  const Outcome outcome = supervisor.run();
  terminal.take_back_from(child.pid);
  if (!first_process()) {
    end_leftovers(loop, kLeftoverGrace);
  }
  if (supervisor.feed_error()) {
    return *supervisor.feed_error();
  }
  return outcome;
}

}  // namespace indexrun::launch
