// SPDX-License-Identifier: Apache-2.0
// The first pass over a list that is shared out.
#include "items/division.h"

#include "items/checks.h"
#include "items/count.h"
#include "items/weight.h"

namespace indexrun::items {
namespace {

Error config(std::string object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = std::move(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<std::uint64_t> number_of_tasks(const Spec& spec, std::optional<std::uint64_t> announced,
                                      std::uint64_t items) {
  const Shares& shares = spec.shares;
  if (shares.tasks) {
    return *shares.tasks;
  }
  if (shares.per_task) {
    return tasks_for(items, *shares.per_task);
  }
  // With --only the engine speaks of the present run, and the tasks are those of the earlier one.
  if (announced && !spec.only) {
    return *announced;
  }
  return config("--each", "the number of tasks is not known",
                "give it with --tasks (the Job's completions), or the number of items for each "
                "task with --per-task");
}

Partition divide_evenly(const Shares& shares, std::uint64_t items, std::uint64_t tasks) {
  if (shares.split == Split::kCyclic) {
    return Partition::cyclic(items, tasks);
  }
  return shares.per_task ? Partition::chunks(items, *shares.per_task)
                         : Partition::block(items, tasks);
}

}  // namespace

Result<Division> Division::open(const Spec& spec, const Environment& environment,
                                std::optional<std::uint64_t> announced, Equals equals) {
  TRY(Supply supply, Supply::prepare(spec, environment));
  Division division(std::move(supply));
  TRY(division.roles_, Roles::read(spec));
  TRY(division.counted_, division.supply_.open());
  if (equals == Equals::kRefused) {
    TRY(const auto reader, division.read());
    CHECK(items::count(spec, *reader));
  }
  auto partition = division.divide(spec, announced);
  // First of all: a list that was being rewritten may look broken, short, or fine.
  CHECK(division.counted_->unchanged());
  TRY(division.partition_, std::move(partition));
  return division;
}

Result<Partition> Division::divide(const Spec& spec, std::optional<std::uint64_t> announced) {
  std::vector<Weight> weights;
  std::uint64_t items = 0;
  if (spec.shares.split == Split::kWeight) {
    TRY(weights, weigh(spec.shares.weight));
    items = weights.size();
  } else {
    TRY(items, count());
  }
  CHECK(check_count(spec, name(), items));
  TRY(const std::uint64_t tasks, number_of_tasks(spec, announced, items));
  return spec.shares.split == Split::kWeight ? Partition::by_weight(std::move(weights), tasks)
                                             : divide_evenly(spec.shares, items, tasks);
}

/// Reads the first item for the names of its fields. If it has a defect of its own the list is
/// counted all the same, from the start: that is no matter of the other tasks.
Result<std::uint64_t> Division::count() {
  auto first = counted_->next();
  if (!first && first.error().failure == Failure::kItem) {
    TRY(counted_, read());
    return counted_->skip(UINT64_MAX);
  }
  TRY(auto item, std::move(first));
  if (!item) {
    return 0;
  }
  fields_ = std::move(item->fields);
  for (Field& field : fields_) {
    field.value.clear();
  }
  TRY(const std::uint64_t rest, counted_->skip(UINT64_MAX));
  return rest + 1;
}

Result<std::vector<Weight>> Division::weigh(const std::string& field) {
  std::vector<Weight> weights;
  for (;;) {
    auto read = counted_->next();
    if (!read) {
      Error error = std::move(read).error();
      // An item without a weight concerns every task.
      error.failure = error.failure == Failure::kItem ? Failure::kConfig : error.failure;
      return error;
    }
    std::optional<Item>& item = *read;
    if (!item) {
      return weights;
    }
    if (weights.size() >= UINT32_MAX) {
      return config(name(), "has too many items to share them out by weight",
                    "give --split cyclic");
    }
    TRY(const double weight, weight_of(*item, field));
    if (weights.empty()) {
      fields_ = std::move(item->fields);
    }
    weights.push_back({.weight = weight, .position = static_cast<std::uint32_t>(weights.size())});
  }
}

Result<void> Division::complete(Result<std::optional<Item>>& found, std::uint64_t position,
                                const index::Index& task) const {
  if (!found) {
    return found.error();
  }
  if (!*found) {
    return list_changed(name());
  }
  Item& item = **found;
  item.position = position;
  item.task = task.task;
  item.worker = task.position;
  item.count = partition_->items();
  item.tasks = partition_->tasks();
  item.digest = digest();
  if (const Role* role = roles_.find(task.position)) {
    item.role = role->name;
  }
  return {};
}

}  // namespace indexrun::items
