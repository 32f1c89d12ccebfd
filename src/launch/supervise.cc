// SPDX-License-Identifier: Apache-2.0
#include "launch/supervise.h"

#include "base/log.h"
#include "launch/exec.h"
#include "launch/leftovers.h"
#include "launch/loop.h"
#include "launch/plan.h"
#include "launch/reaper.h"
#include "launch/settle.h"
#include "launch/spawn.h"
#include "launch/supervisor.h"
#include "launch/terminal.h"

#include <string>
#include <utility>

namespace indexrun::launch {

Result<Outcome> supervise(const Request& request) {
  const Terminal terminal = Terminal::find();
  TRY(Loop loop, Loop::open());
  become_reaper();
  Child child;
  {
    TRY(const Plan plan, Plan::make(request));
    if (const auto signal = pending_stop_signal()) {
      return stopped_before_start(*signal);
    }
    TRY(child, spawn(plan, terminal.ours() ? terminal.fd() : -1));
  }
  LOG_CHOSEN("launch: supervising process " + std::to_string(child.pid));
  std::vector<int> keep = request.keep;
  keep.insert(keep.end(), {loop.fd(), terminal.fd()});
  settle(std::move(keep));
  Supervisor supervisor(request.spec, loop, terminal, child);
  const Outcome outcome = supervisor.run();
  terminal.take_back_from(child.pid);
  if (!first_process()) {
    end_leftovers(loop, kLeftoverGrace);
  }
  return outcome;
}

}  // namespace indexrun::launch
