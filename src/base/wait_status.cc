// SPDX-License-Identifier: Apache-2.0
#include "base/wait_status.h"

#include <sys/wait.h>

namespace indexrun {

WaitStatus WaitStatus::from_raw(int raw) {
  if (WIFSIGNALED(raw)) {
    return WaitStatus{.code = 0, .signal = WTERMSIG(raw), .core_dumped = WCOREDUMP(raw) != 0};
  }
  return WaitStatus{.code = WEXITSTATUS(raw), .signal = 0, .core_dumped = false};
}

}  // namespace indexrun
