// SPDX-License-Identifier: Apache-2.0
#include "commands/worker.h"

#include "index/read.h"
#include "inputs/expand.h"
#include "items/select.h"

#include <utility>

namespace indexrun::commands {

namespace {

constexpr std::uint32_t kFirstAttempt = 0;

}  // namespace

Result<Worker> read_worker(Session& session) {
  options::Options& options = session.options;
  options.items.count_wanted = inputs::wants_count(options.inputs);
  TRY(index::Index index, index::read(options.index, session.environment));
  session.record.set("index", index.position);
  session.record.set("task", index.task);
  if (!index.engine.empty()) {
    session.record.set("engine", index.engine);
  }
  TRY(items::Item item, items::select(options.items, index, session.environment));
  if (item.again) {
    session.record.set("index", item.position);
    session.record.set("task", item.task);
  }
  session.record.set("item", item.text);
  TRY(inputs::Inputs inputs,
      inputs::expand(options.inputs, item, kFirstAttempt, session.environment));
  return Worker{std::move(index), std::move(item), std::move(inputs)};
}

}  // namespace indexrun::commands
