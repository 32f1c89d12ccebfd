// SPDX-License-Identifier: Apache-2.0
// Processes that the program left behind when it ended.
#pragma once

#include "base/deadline.h"
#include "launch/loop.h"
#include "launch/spec.h"

#include <csignal>
#include <functional>
#include <optional>

namespace indexrun::launch {

/// From TERM to KILL for what the program left behind, where nobody says otherwise: it is most
/// often forgotten, and a finished index must not wait for it.
inline constexpr Milliseconds kLeftoverGrace{2'000};

/// What is done about them.
struct Farewell {
  int signal = SIGTERM;                 ///< what they are told first
  Milliseconds grace = kLeftoverGrace;  ///< from then to KILL
  /// Set: they are waited for, as long as there is time; signals that come meanwhile are theirs,
  /// and a stop signal begins the above.
  const Spec* wait = nullptr;
  std::optional<Deadline> limit = {};      ///< of the waiting: then the above begins
  std::function<void(int fd)> ready = {};  ///< for kReady of descriptors that the loop watches
};

/// Ends every descendant of ours, or waits for them: `signal`, `grace`, KILL; a stop signal
/// meanwhile brings the KILL at once. Returns as soon as nothing is left. We are a subreaper or PID
/// 1, so descendants become our children when their parents end; only our own children are
/// signalled, whose pids cannot have been given to anybody else. Needs /proc; without it, or if the
/// kernel cannot end a process, gives up. True if the limit passed.
bool end_leftovers(Loop& loop, const Farewell& farewell = {});

}  // namespace indexrun::launch
