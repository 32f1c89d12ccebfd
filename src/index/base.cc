// SPDX-License-Identifier: Apache-2.0
// Bases and announced ranges.
#include "index/base.h"

#include "index/number.h"

#include <string>

namespace indexrun::index {
namespace {

Error config(std::string_view object, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = std::string(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<std::optional<std::uint64_t>> announced(std::string_view variable, std::string_view no_array,
                                               const Environment& environment) {
  const auto text = variable.empty() ? std::nullopt : environment.get(variable);
  if (!text || text->empty() || (!no_array.empty() && *text == no_array)) {
    return std::optional<std::uint64_t>{};
  }
  TRY(const std::uint64_t number, read_number(*text, variable));
  return std::optional(number);
}

Error outside(const Engine& engine, std::uint64_t task, std::string_view variable,
              std::uint64_t limit) {
  return config(engine.variable,
                "is " + std::to_string(task) + ", but " + std::string(variable) + " is " +
                    std::to_string(limit) + ": they are not of the same job",
                "unset what another job left in the environment, or give --index");
}

/// first and last from the count, where the numbers are known to be base, base+1, ...
void fill_dense(const Engine& engine, Range& range) {
  if (engine.numbering == Numbering::kFixed && range.count.value_or(0) > 0) {
    range.first = engine.base;
    range.last = engine.base + (*range.count - 1);
  }
}

}  // namespace

Result<std::uint64_t> base_of(const Engine& engine, std::optional<std::uint64_t> given) {
  if (!given || *given == engine.base) {
    return engine.base;
  }
  const std::string found = "is " + std::to_string(*given) + ", but " + std::string(engine.name);
  if (engine.numbering == Numbering::kFixed) {
    return config("--base", found + " numbers its tasks from " + std::to_string(engine.base),
                  "leave --base out");
  }
  if (*given < engine.base) {
    return config("--base", found + " has no task below " + std::to_string(engine.base),
                  "leave --base out");
  }
  return *given;
}

Result<Range> announced_range(const Engine& engine, const Environment& environment,
                              std::uint64_t task) {
  Range range;
  TRY(range.count, announced(engine.count, engine.no_array, environment));
  TRY(range.first, announced(engine.first, engine.no_array, environment));
  TRY(range.last, announced(engine.last, engine.no_array, environment));
  TRY(const auto step, announced(engine.step, engine.no_array, environment));
  if (!engine.count.empty() && range.count == 0U) {
    return outside(engine, task, engine.count, 0);
  }
  fill_dense(engine, range);
  if (range.first && task < *range.first) {
    return outside(engine, task, engine.first, *range.first);
  }
  if (range.last && task > *range.last) {
    const bool counted = engine.last.empty();
    return outside(engine, task, counted ? engine.count : engine.last,
                   counted ? *range.count : *range.last);
  }
  if (range.last && step.value_or(0) > 1) {
    // 1-9:4 ends with task 9, but 1-10:4 does too: this task's own number tells which there are.
    *range.last -= (*range.last - task) % *step;
  }
  return range;
}

Result<Index> place(std::uint64_t task, std::uint64_t base, std::string_view source) {
  if (task < base) {
    return config(
        source,
        "is " + std::to_string(task) + ", which is below the first task, " + std::to_string(base),
        "--base says which number the first task has");
  }
  Index index;
  index.task = task;
  index.base = base;
  index.position = task - base;
  index.source = source;
  return index;
}

}  // namespace indexrun::index
