// SPDX-License-Identifier: Apache-2.0
// What show prints where there are more items than tasks.
#pragma once

#include "base/result.h"
#include "commands/session.h"

namespace indexrun::commands {

/// The share of one task: its plan, or with --each one for each of its items.
Result<void> show_share(Session& session);

/// The shares of all tasks, one after the other; with --each all items in the order of the list.
Result<void> show_all_shares(Session& session);

}  // namespace indexrun::commands
