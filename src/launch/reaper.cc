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

void become_reaper(int parent_death_signal) {
  if (!first_process() && ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
    log::warning("launch: cannot become a subreaper: " + system_error_text(errno));
  }
  if (parent_death_signal != 0) {
    static_cast<void>(::prctl(PR_SET_PDEATHSIG, parent_death_signal, 0, 0, 0));
  }
}

}  // namespace indexrun::launch
