// SPDX-License-Identifier: Apache-2.0
#include "launch/exec.h"

#include "launch/plan.h"

namespace indexrun::launch {

Error stopped_before_start(int signal) {
  return Error{.failure = Failure::kStopped,
               .stage = "launch",
               .problem = "stopped by " + signal_name(signal) + " before the program started",
               .signal = signal};
}

Error exec(const Request& request) {
  auto folders = PrivateFolders::make(request.inputs, request.prepared);
  if (!folders) {
    return std::move(folders).error();
  }
  auto plan = Plan::make(request, &*folders);
  if (!plan) {
    return std::move(plan).error();
  }
  if (const auto signal = pending_stop_signal()) {
    return stopped_before_start(*signal);
  }
  return plan->explain(become(plan->child(), Group{}));
}

}  // namespace indexrun::launch
