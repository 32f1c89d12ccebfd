// SPDX-License-Identifier: Apache-2.0
// Which launch mode a session asks for.
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "confine/prepared.h"
#include "launch/mode.h"

namespace indexrun::commands {

/// launch::choose_mode() with what only the session knows: the message file, and the options of
/// status/ that need a supervisor.
Result<launch::Mode> choose_mode(const Session& session, const confine::Prepared& prepared);

}  // namespace indexrun::commands
