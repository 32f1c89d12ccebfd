// SPDX-License-Identifier: Apache-2.0
// The part of the flow that run, stage and show share.
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "index/index.h"
#include "inputs/inputs.h"
#include "items/item.h"
#include "items/spec.h"

namespace indexrun::commands {

struct Worker {
  index::Index index;
  items::Item item;
  inputs::Inputs inputs;
};

/// Who is told the digest of the items: -v, the record, show's JSON.
[[nodiscard]] items::Digesting digesting(const Session& session);

/// index -> item -> inputs, everything expanded and nothing written. What is known by the time of a
/// failure stands in the session's record.
Result<Worker> read_worker(Session& session);

/// Whether the inputs of any role speak of the number of items.
[[nodiscard]] bool any_wants_count(const options::Options& options);

}  // namespace indexrun::commands
