// SPDX-License-Identifier: Apache-2.0
// Which items are whose: the arithmetic of sharing a list out among tasks, over positions only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace indexrun::items {

/// The items of one task, in the order of the list.
struct Part {
  std::uint64_t size = 0;
  std::uint64_t first = 0;  ///< the lowest position; of an empty part without meaning
  std::uint64_t step = 1;   ///< from one position to the next, unless they are `listed`
  std::vector<std::uint32_t> listed = {};  ///< all positions, where they follow no rule

  /// The position at this place, which is less than `size`.
  [[nodiscard]] std::uint64_t position(std::uint64_t place) const {
    return listed.empty() ? first + place * step : listed[place];
  }
  /// "0-2", "1,5,9", "0-1,4,7,..." with at most `most` numbers or ranges; empty for an empty part.
  [[nodiscard]] std::string text(std::size_t most) const;
};

/// The weight of the item at a position, and the task that it was given to.
struct Weight {
  double weight = 0;  ///< not negative
  std::uint32_t position = 0;
  std::uint32_t task = 0;
};

/// A list divided among tasks: every position in exactly one part. No sum or product here exceeds
/// the number of items, so all of 64 bits can be used.
class Partition {
 public:
  /// Consecutive items; the first `items` mod `tasks` tasks get one more. `tasks` is at least 1.
  static Partition block(std::uint64_t items, std::uint64_t tasks);
  /// Consecutive items, `per_task` (at least 1) each; the last task gets the rest.
  static Partition chunks(std::uint64_t items, std::uint64_t per_task);
  /// Task i gets the items i, i + tasks, i + 2 tasks...
  static Partition cyclic(std::uint64_t items, std::uint64_t tasks);
  /// The heaviest item first (equal ones in the order of the list), each to the task with the least
  /// weight so far (of equals the lowest number). `weights` are those of positions 0, 1, 2...
  static Partition by_weight(std::vector<Weight> weights, std::uint64_t tasks);

  [[nodiscard]] std::uint64_t items() const { return items_; }
  [[nodiscard]] std::uint64_t tasks() const { return tasks_; }
  /// The items of a task below tasks().
  [[nodiscard]] Part part(std::uint64_t task) const;
  /// The task that has the item at this position, below items().
  [[nodiscard]] std::uint64_t owner(std::uint64_t position) const;

 private:
  enum class Kind { kBlock, kChunks, kCyclic, kWeight };
  Partition(Kind kind, std::uint64_t items, std::uint64_t tasks)
      : kind_(kind), items_(items), tasks_(tasks) {}
  [[nodiscard]] Part listed_part(std::uint64_t task) const;

  Kind kind_;
  std::uint64_t items_;
  std::uint64_t tasks_;
  std::uint64_t per_task_ = 0;   ///< of kChunks
  std::vector<Weight> weights_;  ///< of kWeight, by position
};

/// How many tasks there are if each gets `per_task` (at least 1) of `items`.
[[nodiscard]] constexpr std::uint64_t tasks_for(std::uint64_t items, std::uint64_t per_task) {
  return items / per_task + (items % per_task == 0 ? 0 : 1);
}

}  // namespace indexrun::items
