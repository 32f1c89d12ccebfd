// SPDX-License-Identifier: Apache-2.0
// The part of the flow that run, stage and show share.
#pragma once

#include "base/result.h"
#include "commands/session.h"
#include "index/index.h"
#include "inputs/expand.h"
#include "inputs/inputs.h"
#include "items/item.h"
#include "items/share.h"
#include "items/spec.h"

#include <memory>

namespace indexrun::commands {

struct Worker {
  index::Index index;
  items::Item item;  ///< stands for all of the share, if there is one
  inputs::Inputs inputs;
  std::unique_ptr<items::Share> share = nullptr;
};

/// A task and its share of the items, for running them one by one.
struct Task {
  index::Index index;
  std::unique_ptr<items::Share> share;
};

/// Who is told the digest of the items: -v, the record, show's JSON.
[[nodiscard]] items::Digesting digesting(const Session& session);

/// Tells the inputs of all roles what the workers use themselves, so that no output replaces it.
void name_sources(options::Options& options);

/// index -> item -> inputs, everything expanded and nothing written. What is known by the time of a
/// failure stands in the session's record.
Result<Worker> read_worker(Session& session);

/// index -> share, with the options of its role; no template is expanded. The record likewise.
Result<Task> read_task(Session& session);

/// The inputs of the item's role, for show --all. After an error the options are those of the role,
/// so that a message can name the places where they were given.
Result<inputs::Inputs> expand_for(Session& session, const items::Item& item,
                                  const inputs::Turn& turn, items::Sequence* share);

/// Tells that a task has no items, which is fine.
void tell_empty(const items::Item& task);

/// Whether the inputs of any role speak of the number of items.
[[nodiscard]] bool any_wants_count(const options::Options& options);

}  // namespace indexrun::commands
