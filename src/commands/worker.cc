// SPDX-License-Identifier: Apache-2.0
#include "commands/worker.h"

#include "base/log.h"
#include "commands/login.h"
#include "index/read.h"
#include "inputs/expand.h"
#include "items/file.h"
#include "items/roles.h"
#include "items/select.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace indexrun::commands {

namespace {

/// What the workers use besides templates.
std::vector<std::string> sources_of(const options::Options& options) {
  std::vector<std::string> sources = options.inputs.sources;
  if (const std::string* path = items::list_path(options.items.source);
      path != nullptr && *path != "-") {
    sources.push_back(*path);
  }
  if (const auto* directory = std::get_if<items::Directory>(&options.items.source)) {
    sources.push_back(directory->path);
  }
  if (options.index.file) {
    sources.push_back(*options.index.file);
  }
  if (options.status.message != status::Message::kNever) {
    sources.push_back(options.status.message_file);
  }
  if (options.share.done_dir) {
    sources.push_back(*options.share.done_dir);
  }
  if (options.items.only && options.items.only->starts_with('@')) {
    sources.push_back(options.items.only->substr(1));
  }
  return sources;
}

/// Whether the inputs of this worker speak of the number of items. With --only the role follows
/// from a position that is not known yet, so any role's inputs may be the worker's.
Result<bool> wants_count(const options::Options& options, const index::Index& index) {
  if (options.roles.empty()) {
    return inputs::wants_count(options.inputs);
  }
  if (options.items.only) {
    return any_wants_count(options);
  }
  TRY(const items::Roles roles, items::Roles::read(options.items));
  const items::Role* role = roles.find(index.position);
  return role != nullptr && inputs::wants_count(options::inputs_of(options, role->name));
}

Result<index::Index> read_index(Session& session) {
  session.options.items.digesting = digesting(session);
  name_sources(session.options);
  TRY(index::Index index, index::read(session.options.index, session.environment));
  session.record.set("index", index.position);
  session.record.set("task", index.task);
  if (!index.engine.empty()) {
    session.record.set("engine", index.engine);
  }
  CHECK(take_login(session.options));
  return index;
}

/// What follows from the item, or from the task that has a share.
void take(Session& session, const items::Item& item) {
  if (item.again) {
    session.record.set("index", item.position);
    session.record.set("task", item.task);
  }
  if (!item.digest.empty()) {
    session.record.set("sha256", item.digest);
  }
  options::take_role(session.options, item.role);
}

/// --no-index: COMMAND and the inputs as they are written.
Result<Worker> read_without_index(Session& session) {
  name_sources(session.options);
  session.options.inputs.expand = false;
  items::Item item;
  item.absent = true;
  TRY(inputs::Inputs inputs,
      inputs::expand(session.options.inputs, item, inputs::Turn{}, session.environment));
  return Worker{.index = {}, .item = std::move(item), .inputs = std::move(inputs)};
}

}  // namespace

void name_sources(options::Options& options) {
  options.inputs.sources = sources_of(options);
  if (const auto* glob = std::get_if<items::Glob>(&options.items.source)) {
    options.inputs.source_pattern = glob->pattern;
  }
  for (options::RoleOptions& role : options.roles) {
    role.inputs.sources = options.inputs.sources;
    role.inputs.source_pattern = options.inputs.source_pattern;
  }
}

bool any_wants_count(const options::Options& options) {
  return inputs::wants_count(options.inputs) ||
         std::ranges::any_of(options.roles, [](const options::RoleOptions& role) {
           return inputs::wants_count(role.inputs);
         });
}

items::Digesting digesting(const Session& session) {
  const options::Options& options = session.options;
  if (log::enabled(log::Level::kChosen)) {
    return items::Digesting::kIfRead;
  }
  const bool record = session.message.exists() && options.status.message != status::Message::kNever;
  const bool json =
      options.subcommand == options::Subcommand::kShow && options.output == options::Output::kJson;
  return record || json ? items::Digesting::kIfShort : items::Digesting::kNever;
}

Result<inputs::Inputs> expand_for(Session& session, const items::Item& item,
                                  const inputs::Turn& turn, items::Sequence* share) {
  auto inputs = inputs::expand(options::inputs_of(session.options, item.role), item, turn,
                               session.environment, share);
  if (!inputs) {
    options::take_role(session.options, item.role);
  }
  return inputs;
}

void tell_empty(const items::Item& task) {
  std::string message =
      "items: " + task.origin + ": task " + std::to_string(task.position) + " has no items";
  // By weight a task may be left without one although there are enough.
  if (task.count < task.tasks) {
    message += ", as there are " + std::to_string(task.count.value_or(0)) + " for " +
               std::to_string(task.tasks.value_or(0)) + " tasks";
  }
  log::warning(message);
}

Result<Task> read_task(Session& session) {
  const options::Options& options = session.options;
  TRY(index::Index index, read_index(session));
  TRY(auto share, items::Share::open(options.items, index, session.environment));
  take(session, share->task());
  return Task{std::move(index), std::move(share)};
}

Result<Worker> read_worker(Session& session) {
  options::Options& options = session.options;
  if (options.index.none) {
    return read_without_index(session);
  }
  if (options.items.shares.wanted) {
    TRY(Task task, read_task(session));
    items::Item item = task.share->task();
    TRY(inputs::Inputs inputs, inputs::expand(options.inputs, item, inputs::Turn{},
                                              session.environment, task.share.get()));
    return Worker{std::move(task.index), std::move(item), std::move(inputs), std::move(task.share)};
  }
  TRY(index::Index index, read_index(session));
  TRY(options.items.count_wanted, wants_count(options, index));
  TRY(items::Item item, items::select(options.items, index, session.environment));
  session.record.set("item", item.text);
  take(session, item);
  TRY(inputs::Inputs inputs,
      inputs::expand(options.inputs, item, inputs::Turn{}, session.environment));
  return Worker{std::move(index), std::move(item), std::move(inputs)};
}

}  // namespace indexrun::commands
