// SPDX-License-Identifier: Apache-2.0
// The flow up to the launch, printed instead of done.
#include "commands/answer.h"
#include "commands/commands.h"
#include "commands/explain.h"
#include "commands/gates.h"
#include "commands/mode.h"
#include "commands/plan.h"
#include "commands/show_shares.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "index/read.h"
#include "inputs/expand.h"
#include "items/list.h"

#include <string>
#include <utility>
#include <vector>

namespace indexrun::commands {

namespace {

Result<void> show_one(Session& session) {
  TRY(const Worker worker, read_worker(session));
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  CHECK(choose_mode(session, prepared));
  TRY(std::vector<std::string> gates, read_gates(session, worker.item));
  TRY(const auto explanation, explain_if_asked(session, prepared, worker.inputs));
  const Plan plan{session.options,
                  worker.item,
                  worker.inputs,
                  worker.index.source,
                  std::move(gates),
                  nullptr,
                  explanation ? &*explanation : nullptr};
  return answer(session.options.output == options::Output::kJson ? to_json(plan) : to_text(plan));
}

// Text lines, or JSON Lines: nothing here grows with the list.
Result<void> show_all(Session& session) {
  const options::Options& options = session.options;
  const std::string source = "--all";
  TRY(const std::uint64_t first_task, index::first_task(options.index, session.environment));
  TRY(items::List list, items::List::open(options.items, session.environment));
  Answer out;
  for (;;) {
    TRY(auto item, list.next());
    if (!item) {
      return out.end();
    }
    item->task += first_task;
    TRY(const inputs::Inputs inputs, expand_for(session, *item, {}, nullptr));
    TRY(std::vector<std::string> gates, read_gates(session, *item));
    const Plan plan{options, *item, inputs, source, std::move(gates)};
    CHECK(out.add(options.output == options::Output::kJson ? to_json(plan) : to_line(plan)));
  }
}

}  // namespace

Result<int> show(Session& session) {
  const bool shares = session.options.items.shares.wanted;
  if (session.options.all && shares) {
    CHECK(show_all_shares(session));
  } else if (session.options.all) {
    session.options.items.count_wanted = any_wants_count(session.options);
    session.options.items.digesting = digesting(session);
    name_sources(session.options);
    CHECK(show_all(session));
  } else {
    CHECK(shares ? show_share(session) : show_one(session));
  }
  return 0;
}

}  // namespace indexrun::commands
