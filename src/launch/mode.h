// SPDX-License-Identifier: Apache-2.0
// --supervise: become the program, or stay as its parent.
#pragma once

#include "base/result.h"
#include "confine/prepared.h"
#include "launch/spec.h"

#include <string_view>

namespace indexrun::launch {

enum class Mode {
  kExec,       ///< this process becomes the program: nothing of us is left
  kSupervise,  ///< the program is our child; we forward, reap, and report
};

/// What the choice depends on beside the options.
struct Circumstances {
  bool first_process = false;       ///< we are PID 1 of our namespace
  bool message_wanted = false;      ///< a termination message file exists and may be written
  bool child_out_of_reach = false;  ///< the program will run as a user whom we may not signal
  std::string_view needed_by = {};  ///< another stage's option that needs a supervisor, if any
};

/// Looks at this process. `message_wanted` is the caller's to know.
[[nodiscard]] Circumstances circumstances(bool message_wanted, const confine::Prepared& prepared);

/// auto: supervise when an option needs it, or as PID 1, or for the message; not for the last two
/// when the child is out of reach. always, or an option that needs a supervisor, with a child out
/// of reach is a kConfig error, and so is never with an option that needs one.
Result<Mode> choose_mode(const Spec& spec, const Circumstances& circumstances);

}  // namespace indexrun::launch
