// SPDX-License-Identifier: Apache-2.0
// The flow up to the launch, printed instead of done.
#include "commands/answer.h"
#include "commands/commands.h"
#include "commands/mode.h"
#include "commands/plan.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "index/read.h"
#include "inputs/expand.h"
#include "items/list.h"

#include <string>

namespace indexrun::commands {

namespace {

constexpr std::size_t kFlushAt = 64 * 1024;

Result<void> show_one(Session& session) {
  TRY(const Worker worker, read_worker(session));
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  CHECK(choose_mode(session, prepared));
  const Plan plan{session.options, worker.item, worker.inputs, worker.index.source};
  return answer(session.options.output == options::Output::kJson ? to_json(plan) : to_text(plan));
}

/// With the inputs of the item's role.
Result<inputs::Inputs> expand(Session& session, const items::Item& item) {
  options::Options& options = session.options;
  auto inputs = inputs::expand(options::inputs_of(options, item.role), item, inputs::Turn{},
                               session.environment);
  if (!inputs) {
    options::take_role(options, item.role);  // the places that the message is to name
  }
  return inputs;
}

// Text lines, or JSON Lines: nothing here grows with the list.
Result<void> show_all(Session& session) {
  const options::Options& options = session.options;
  const std::string source = "--all";
  TRY(const std::uint64_t first_task, index::first_task(options.index, session.environment));
  TRY(items::List list, items::List::open(options.items, session.environment));
  std::string text;
  for (;;) {
    TRY(auto item, list.next());
    if (!item) {
      return answer(text);
    }
    item->task += first_task;
    TRY(const inputs::Inputs inputs, expand(session, *item));
    const Plan plan{options, *item, inputs, source};
    text += options.output == options::Output::kJson ? to_json(plan) : to_line(plan);
    if (text.size() >= kFlushAt) {
      CHECK(answer(text));
      text.clear();
    }
  }
}

}  // namespace

Result<int> show(Session& session) {
  if (session.options.all) {
    session.options.items.count_wanted = any_wants_count(session.options);
    session.options.items.digesting = digesting(session);
    CHECK(show_all(session));
  } else {
    CHECK(show_one(session));
  }
  return 0;
}

}  // namespace indexrun::commands
