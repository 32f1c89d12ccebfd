// SPDX-License-Identifier: Apache-2.0
// The flow of a worker whose program runs once for each item (--each).
#pragma once

#include "base/result.h"
#include "commands/session.h"

namespace indexrun::commands {

/// index -> share -> every item of it. Returns the status of the failed item with the lowest
/// position, 0 if there is none; an Error (kStopped) if a signal ended the share early. The counts
/// stand in the session's record.
Result<int> run_each(Session& session);

}  // namespace indexrun::commands
