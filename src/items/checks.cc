// SPDX-License-Identifier: Apache-2.0
// Checks of the whole list.
#include "items/checks.h"

namespace indexrun::items {
namespace {

Error config(const std::string& object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = object,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

std::string items(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " item" : " items");
}

/// "tasks 0 to 4" for five items from base 0.
std::string tasks_of(std::uint64_t base, std::uint64_t count) {
  const std::string first = std::to_string(base);
  return count == 1 ? "task " + first
                    : "tasks " + first + " to " + std::to_string(base + count - 1);
}

std::string announced(const index::Range& range) {
  if (range.first && range.last) {
    return "tasks " + std::to_string(*range.first) + " to " + std::to_string(*range.last);
  }
  return range.last ? "tasks up to " + std::to_string(*range.last)
                    : "tasks from " + std::to_string(*range.first);
}

}  // namespace

Error list_changed(const std::string& name, std::string_view what) {
  return Error{.failure = Failure::kInput,
               .stage = "items",
               .object = name,
               .problem = "the " + std::string(what) + " changed while it was read",
               .hint =
                   "keep a list unchanged while workers run: a ConfigMap with immutable: true, "
                   "or a file of a new name"};
}

Result<void> check_count(const Spec& spec, const std::string& name, std::uint64_t count) {
  if (count == 0) {
    return config(name, "the list holds no items",
                  "is it the right file? A header and comments are no items, and CR alone ends no "
                  "line");
  }
  if (spec.expect_count && *spec.expect_count != count) {
    const std::string expected = std::to_string(*spec.expect_count);
    const std::string hint =
        spec.only ? "--expect-count counts the whole list, before --only: correct one of the two"
                  : "correct the list, or set both --expect-count and the number of tasks "
                    "(completions) to " +
                        std::to_string(count);
    return config(name, "the list has " + items(count) + ", expected " + expected, hint);
  }
  return {};
}

Result<void> check_range(const index::Index& index, const std::string& name, std::uint64_t count) {
  const index::Range& range = index.announced;
  const bool below = range.first && *range.first < index.base;
  // base + count may not fit 64 bits; last - base does once last is not below the base.
  const bool above = range.last && (*range.last < index.base || *range.last - index.base >= count);
  if (!below && !above) {
    return {};
  }
  const bool one_too_high = !below && index.base == 0 && range.first.value_or(1) >= 1 &&
                            index.task >= 1 && *range.last <= count;
  std::string hint;
  if (one_too_high) {
    hint = "give --base 1 if the first task is number 1";
  } else if (below) {
    hint = "--base says which number the first task has";
  } else {
    hint = "submit tasks " + std::to_string(index.base) + " to " +
           std::to_string(index.base + (count - 1)) + ", or correct the list";
  }
  return config(name,
                "the list has " + items(count) + " for " + tasks_of(index.base, count) + ", but " +
                    index.engine + " announces " + announced(range),
                std::move(hint));
}

Error past_the_end(const index::Index& index, const std::string& name, std::uint64_t count) {
  std::string asked = std::to_string(index.position);
  if (index.base != 0) {
    asked += " (task " + std::to_string(index.task) + ")";
  }
  return Error{.failure = Failure::kItem,
               .stage = "items",
               .object = name,
               .problem = "there is no item " + asked + ": the list has " + items(count) +
                          ", counted from 0",
               .hint = "run as many tasks as there are items (completions: " +
                       std::to_string(count) + "); with --expect-count every task notices"};
}

}  // namespace indexrun::items
