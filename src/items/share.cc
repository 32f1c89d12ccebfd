// SPDX-License-Identifier: Apache-2.0
// Going through the items of a part.
#include "items/share.h"

#include "base/log.h"
#include "items/checks.h"
#include "items/digested.h"
#include "items/positions.h"

#include <string>
#include <utility>

namespace indexrun::items {
namespace {

constexpr std::size_t kShownRanges = 20;

std::string number_of(std::uint64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

Error past_the_tasks(const index::Index& index, const Division& division) {
  const std::uint64_t tasks = division.partition().tasks();
  return Error{.failure = Failure::kItem,
               .stage = "items",
               .object = division.name(),
               .problem = "there is no task " + std::to_string(index.position) + ": the " +
                          number_of(division.partition().items(), "item") +
                          " are shared out among " + number_of(tasks, "task") + ", counted from 0",
               .hint = "run as many tasks as that (completions: " + std::to_string(tasks) + ")"};
}

/// Every task that the engine runs must have a share, and every share a task.
Result<void> check_announced(const index::Index& index, const Division& division) {
  const index::Range& range = index.announced;
  const std::uint64_t tasks = division.partition().tasks();
  const bool other =
      (range.count && *range.count != tasks) || (range.first && *range.first != index.base) ||
      (range.last && (*range.last < index.base || *range.last - index.base != tasks - 1));
  if (!other) {
    return {};
  }
  std::string announced = range.count ? number_of(*range.count, "task") : "";
  if (range.last) {
    announced += std::string(announced.empty() ? "tasks " : ", ") +
                 (range.first ? std::to_string(*range.first) : std::string()) + " to " +
                 std::to_string(*range.last);
  }
  const bool one_too_high = index.base == 0 && range.first == 1U && range.last == tasks;
  return Error{
      .failure = Failure::kConfig,
      .stage = "items",
      .object = division.name(),
      .problem = "the items are shared out among " + number_of(tasks, "task") + ", numbers " +
                 std::to_string(index.base) + " to " + std::to_string(index.base + (tasks - 1)) +
                 ", but " + index.engine + " announces " + announced,
      .hint = one_too_high ? "give --base 1 if the first task is number 1"
                           : "submit as many tasks as there are shares; to run some of them again "
                             "give --only"};
}

Error empty_share(std::uint64_t task, const Division& division) {
  return Error{.failure = Failure::kItem,
               .stage = "items",
               .object = division.name(),
               .problem = "task " + std::to_string(task) + " has no items: there are " +
                          number_of(division.partition().items(), "item") + " for " +
                          number_of(division.partition().tasks(), "task"),
               .hint = "run fewer tasks; without --when-empty fail this is no failure"};
}

std::string describe(const Share& share) {
  const Item& task = share.task();
  const std::string positions = share.part().text(kShownRanges);
  return "task " + std::to_string(task.position) + " of " + std::to_string(*task.tasks) + " has " +
         std::to_string(share.size()) + " of " + number_of(*task.count, "item") + " of " +
         task.origin + (positions.empty() ? "" : ": " + positions);
}

}  // namespace

Result<void> check_not_empty(const Spec& spec, std::uint64_t task, const Division& division) {
  if (!spec.shares.fail_when_empty || division.partition().part(task).size > 0) {
    return {};
  }
  return empty_share(task, division);
}

Result<std::unique_ptr<Share>> Share::open(const Spec& spec, const index::Index& index,
                                           const Environment& environment) {
  index::Index known = index;
  std::optional<Positions> only;
  if (spec.only) {
    TRY(only, Positions::read(*spec.only));
    TRY(known, earlier_index(*only, index));
  }
  TRY(Division opened, Division::open(spec, environment, known.announced.count));
  const auto division = std::make_shared<const Division>(std::move(opened));
  if (only) {
    CHECK(check_positions(*only, division->partition().tasks(), "tasks"));
  }
  CHECK(check_announced(known, *division));
  if (known.position >= division->partition().tasks()) {
    return past_the_tasks(known, *division);
  }
  CHECK(division->roles().at(known.position));
  auto share = std::make_unique<Share>(division, known, spec.only.has_value());
  CHECK(check_not_empty(spec, known.position, *division));
  LOG_CHOSEN(describe(*share));
  tell_digest(division->name(), division->digest());
  return share;
}

Share::Share(std::shared_ptr<const Division> division, const index::Index& index, bool again)
    : division_(std::move(division)),
      index_(index),
      part_(division_->partition().part(index.position)) {
  task_.fields = division_->fields();
  task_.origin = division_->name();
  task_.position = index.position;
  task_.task = index.task;
  task_.count = division_->partition().items();
  task_.tasks = division_->partition().tasks();
  task_.again = again;
  task_.digest = division_->digest();
  task_.share_size = part_.size;
  if (const Role* role = division_->roles().find(index.position)) {
    task_.role = role->name;
  }
}

Result<std::optional<Item>> Share::next() {
  if (place_ == part_.size) {
    return std::optional<Item>{};
  }
  if (reader_ == nullptr) {
    TRY(reader_, division_->read());
  }
  const std::uint64_t position = part_.position(place_++);
  auto item = read(position);
  // First of all: whatever a changed list holds is not what was counted and divided.
  CHECK(reader_->unchanged());
  CHECK(division_->complete(item, position, index_));
  (*item)->again = task_.again;
  return item;
}

/// The item at a position that is not behind the reader; nothing past the end.
Result<std::optional<Item>> Share::read(std::uint64_t position) {
  TRY(const std::uint64_t passed, reader_->skip(position - at_));
  if (passed != position - at_) {
    return std::optional<Item>{};
  }
  at_ = position + 1;
  return reader_->next();
}

Result<void> Share::rewind() {
  reader_.reset();
  place_ = 0;
  at_ = 0;
  return {};
}

}  // namespace indexrun::items
