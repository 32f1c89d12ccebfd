// SPDX-License-Identifier: Apache-2.0
// One program under supervision, once or several times (--retries).
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "commands/worker.h"
#include "confine/prepared.h"
#include "launch/outcome.h"

namespace indexrun::commands {

/// Writes the inputs and runs the program until it succeeds, its ending is none that is tried
/// again, or no attempt is left. What only a start needs, such as `worker.inputs`, is gone then.
/// The outcome is that of the last attempt, with the duration and processor time of all of them.
/// kStopped if a stop signal came before an attempt.
Result<launch::Outcome> run_attempts(Session& session, Worker& worker,
                                     const confine::Prepared& prepared);

}  // namespace indexrun::commands
