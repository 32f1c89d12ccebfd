// SPDX-License-Identifier: Apache-2.0
// The last steps before the program: one code path for exec mode and for a supervised child. Plain
// pointers and system calls: may run in a child that shares its parent's memory.
#pragma once

#include "base/signals.h"
#include "confine/apply.h"
#include "confine/prepared.h"
#include "confine/restrict.h"

namespace indexrun::launch {

/// A pid as text, with the NUL behind it.
inline constexpr int kPidDigits = 12;

/// Everything the child needs, prepared and owned by the parent (plan.h).
struct ChildPlan {
  const char* path = nullptr;
  const char* const* argv = nullptr;
  const char* const* environment = nullptr;
  const char* directory = nullptr;  ///< null: stay
  int standard_input = -1;          ///< these three: -1: inherited
  int standard_output = -1;
  int standard_error = -1;
  int parent_death_signal = 0;  ///< 0: none
  /// The value of LISTEN_PID in `environment` (sd_listen_fds(3)), with room for kPidDigits: it
  /// named us and is to name the program. Null if there is none.
  char* listen_pid = nullptr;
  const InheritedSignals* signals = nullptr;
  const confine::Prepared* prepared = nullptr;
  const confine::Restriction* restriction = nullptr;
  int* listener = nullptr;  ///< where load_filters() leaves its descriptor; null: not wanted
};

/// How a supervised child stands to its parent.
struct Group {
  bool own = false;   ///< leads a process group of its own
  int terminal = -1;  ///< gets the foreground of this terminal; -1: none
};

enum class ChildStep {
  kNone,
  kGroup,
  kStandardStreams,
  kDirectory,
  kParentDeath,
  kConfine,
  kExec,
};

/// Why the program was not started. `error` is an errno; in kConfine it may be 0 (read back
/// differently).
struct ChildFailure {
  ChildStep step = ChildStep::kNone;
  confine::Step confine_step = confine::Step::kNone;
  int error = 0;
  int detail = 0;  ///< of confine::Failed
};

/// Turns this process into the program. Returns only on failure, and then this process may be in
/// any state between before and after.
ChildFailure become(const ChildPlan& plan, Group group) noexcept;

}  // namespace indexrun::launch
