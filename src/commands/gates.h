// SPDX-License-Identifier: Apache-2.0
// --wait-for in the flow.
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "items/item.h"

#include <string>
#include <vector>

namespace indexrun::commands {

/// The gates of the worker's role, expanded and judged; nothing is waited for. With a share `item`
/// stands for all of it. Errors: kConfig, or kItem for what only this item makes wrong; as
/// after expand_for() the options are then those of the role.
Result<std::vector<std::string>> read_gates(Session& session, const items::Item& item);

/// Waits until all of them are met. For when all that can be refused has been judged, and nothing
/// is written yet: a gate may say that a volume is there.
Result<void> wait_at_gates(const Session& session, const items::Item& item);

}  // namespace indexrun::commands
