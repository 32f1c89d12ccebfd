// SPDX-License-Identifier: Apache-2.0
// Tasks and their items, printed as they are read.
#include "commands/show_shares.h"

#include "base/json.h"
#include "commands/answer.h"
#include "commands/explain.h"
#include "commands/gates.h"
#include "commands/mode.h"
#include "commands/plan.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "index/read.h"
#include "inputs/expand.h"
#include "items/division.h"
#include "items/positions.h"
#include "items/share.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace indexrun::commands {

namespace {

constexpr const char* kAll = "--all";

bool is_json(const Session& session) {
  return session.options.output == options::Output::kJson;
}

/// Without an item nothing is run, and only stage writes files.
void take_away_if_empty(inputs::Inputs& inputs, std::vector<std::string>& gates,
                        const items::Share& share) {
  if (share.size() == 0 && !inputs.argv.empty()) {
    gates.clear();
    inputs.argv.clear();
    inputs.files.clear();
    inputs.stdin_text.reset();
    inputs.stdin_share_bytes.reset();
  }
}

/// The plan of a whole share as JSON, with its items.
Result<void> add_json(Answer& out, const Plan& plan, items::Share& share) {
  std::string json = to_open_json(plan);
  CHECK(share.rewind());
  char before = '[';
  for (;;) {
    TRY(const auto item, share.next());
    if (!item) {
      break;
    }
    json.append(1, before).append(R"({"index":)").append(std::to_string(item->position));
    json.append(R"(,"item":)").append(json_string(item->text)).append("}");
    before = ',';
    CHECK(out.add(json));
    json.clear();
  }
  return out.add(json + (before == '[' ? "[]}\n" : "]}\n"));
}

constexpr inputs::Turn kFirstTurn{.attempt = 0, .slot = 0};

/// What --each would run for one item.
Result<void> add_item(Answer& out, const Plan& plan) {
  if (plan.options.output == options::Output::kJson) {
    return out.add(to_json(plan));
  }
  return out.add(std::to_string(plan.item.task) + "\t" + to_line(plan));
}

Result<void> show_each(Session& session) {
  TRY(const Task task, read_task(session));
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  CHECK(choose_mode(session, prepared));
  if (task.share->size() == 0) {
    tell_empty(task.share->task());
  }
  TRY(const std::vector<std::string> gates, read_gates(session, task.share->task()));
  Answer out;
  for (;;) {
    TRY(const auto item, task.share->next());
    if (!item) {
      return out.end();
    }
    TRY(const inputs::Inputs inputs,
        inputs::expand(session.options.inputs, *item, kFirstTurn, session.environment));
    CHECK(add_item(out, {session.options, *item, inputs, task.index.source, gates}));
  }
}

Result<void> show_whole(Session& session) {
  TRY(Worker worker, read_worker(session));
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  CHECK(choose_mode(session, prepared));
  if (worker.share->size() == 0) {
    tell_empty(worker.item);
  }
  TRY(std::vector<std::string> gates, read_gates(session, worker.item));
  take_away_if_empty(worker.inputs, gates, *worker.share);
  TRY(const auto explanation, explain_if_asked(session, prepared, worker.inputs));
  const Plan plan{session.options,
                  worker.item,
                  worker.inputs,
                  worker.index.source,
                  std::move(gates),
                  &worker.share->part(),
                  explanation ? &*explanation : nullptr};
  Answer out;
  CHECK(is_json(session) ? add_json(out, plan, *worker.share) : out.add(to_text(plan)));
  return out.end();
}

/// All tasks, or those that --only names.
struct Tasks {
  std::shared_ptr<const items::Division> division;
  std::optional<items::Positions> only;
  std::uint64_t first_number = 0;

  [[nodiscard]] std::uint64_t count() const {
    return only ? only->count() : division->partition().tasks();
  }
  [[nodiscard]] std::uint64_t at(std::uint64_t place) const {
    return only ? only->at(place) : place;
  }
  [[nodiscard]] index::Index index(std::uint64_t position) const {
    index::Index index;
    index.position = position;
    index.base = first_number;
    index.task = first_number + position;
    return index;
  }
};

Result<Tasks> read_tasks(Session& session) {
  options::Options& options = session.options;
  options.items.digesting = digesting(session);
  name_sources(options);
  Tasks tasks;
  TRY(tasks.first_number, index::first_task(options.index, session.environment));
  TRY(items::Division division, items::Division::open(options.items, session.environment,
                                                      std::nullopt, items::Equals::kRefused));
  if (options.items.only) {
    TRY(tasks.only, items::Positions::read(*options.items.only));
    CHECK(items::check_positions(*tasks.only, division.partition().tasks(), "tasks"));
  }
  tasks.division = std::make_shared<const items::Division>(std::move(division));
  CHECK(tasks.division->roles().at(tasks.at(tasks.count() - 1)));
  if (options.items.shares.fail_when_empty) {
    for (std::uint64_t place = 0; place < tasks.count(); ++place) {
      CHECK(items::check_not_empty(options.items, tasks.at(place), *tasks.division));
    }
  }
  return tasks;
}

Result<void> show_whole_shares(Session& session, const Tasks& tasks) {
  const std::string source = kAll;
  Answer out;
  for (std::uint64_t place = 0; place < tasks.count(); ++place) {
    items::Share share(tasks.division, tasks.index(tasks.at(place)), tasks.only.has_value());
    TRY(inputs::Inputs inputs, expand_for(session, share.task(), {}, &share));
    TRY(std::vector<std::string> gates, read_gates(session, share.task()));
    take_away_if_empty(inputs, gates, share);
    const Plan plan{session.options, share.task(), inputs, source, std::move(gates), &share.part()};
    CHECK(is_json(session) ? add_json(out, plan, share) : out.add(to_line(plan)));
  }
  return out.end();
}

/// A task waits once, before the first of its items.
Result<std::vector<std::string>> gates_of_task(Session& session, const Tasks& tasks,
                                               std::uint64_t task) {
  const items::Share share(tasks.division, tasks.index(task), tasks.only.has_value());
  return read_gates(session, share.task());
}

Result<void> show_every_item(Session& session, const Tasks& tasks) {
  const items::Division& division = *tasks.division;
  const items::Partition& partition = division.partition();
  const std::string source = kAll;
  TRY(const auto reader, division.read());
  Answer out;
  for (std::uint64_t position = 0; position < partition.items(); ++position) {
    const std::uint64_t owner = partition.owner(position);
    if (tasks.only && !tasks.only->contains(owner)) {
      CHECK(reader->skip(1));
      continue;
    }
    auto item = reader->next();
    CHECK(reader->unchanged());
    CHECK(division.complete(item, position, tasks.index(owner)));
    (*item)->again = tasks.only.has_value();
    TRY(const inputs::Inputs inputs, expand_for(session, **item, kFirstTurn, nullptr));
    TRY(std::vector<std::string> gates, gates_of_task(session, tasks, owner));
    CHECK(add_item(out, {session.options, **item, inputs, source, std::move(gates)}));
  }
  return out.end();
}

}  // namespace

Result<void> show_share(Session& session) {
  return session.options.share.each ? show_each(session) : show_whole(session);
}

Result<void> show_all_shares(Session& session) {
  TRY(const Tasks tasks, read_tasks(session));
  return session.options.share.each ? show_every_item(session, tasks)
                                    : show_whole_shares(session, tasks);
}

}  // namespace indexrun::commands
