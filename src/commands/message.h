// SPDX-License-Identifier: Apache-2.0
// The termination message at the end of a run.
#pragma once

#include "commands/session.h"
#include "items/item.h"

namespace indexrun::commands {

/// Writes the record if --message asks for it with this exit status.
void write_message(Session& session, int exit_status);

/// A task without items is done: tells so, in the record too. Returns the exit status.
int end_empty(Session& session, const items::Item& task);

}  // namespace indexrun::commands
