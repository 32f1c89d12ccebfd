// SPDX-License-Identifier: Apache-2.0
#include "launch/reaper.h"

#include "base/log.h"

#include <cerrno>

#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::launch {

bool first_process() {
  return ::getpid() == 1;
}

void become_reaper() {
  if (!first_process() && ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
    log::warning("launch: cannot become a subreaper: " + system_error_text(errno));
  }
}

}  // namespace indexrun::launch
