// SPDX-License-Identifier: Apache-2.0
// Work that may never come to an end, in a process that can be killed.
#pragma once

#include "confine/seccomp/compile.h"

#include <functional>
#include <string>

namespace indexrun::confine {

struct Helped {
  std::string output;        ///< what it wrote into the pipe
  int error = 0;             ///< what `work` returned, or why there is no helper: an errno
  int signal = 0;            ///< what killed it
  bool out_of_time = false;  ///< and it was killed for that, not for the memory it took
};

/// Runs `work`, which writes to the descriptor that it is given and returns 0 or an errno below
/// 256, in a copy of this process. Nothing of it is left: the helper is reaped, and no SIGCHLD is
/// sent for it, which a workload could find pending.
Helped run_helper(CompileLimits limits, const std::function<int(int pipe)>& work);

}  // namespace indexrun::confine
