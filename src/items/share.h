// SPDX-License-Identifier: Apache-2.0
// The items of one task where there are more items than tasks.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/index.h"
#include "items/division.h"
#include "items/item.h"
#include "items/spec.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace indexrun::items {

/// Error kItem if this task has no items although --when-empty fail was given.
Result<void> check_not_empty(const Spec& spec, std::uint64_t task, const Division& division);

/// Read from the list as they are asked for: only a split by weight has memory that grows with the
/// list. Every item has its position in the whole list, the task's number and role, and the counts;
/// `worker` is the position of the task.
class Share final : public Sequence {
 public:
  /// The share of this index, after the whole list was read once and checked (Division::open()).
  /// With --only the share is that of the earlier run's task, and so are the numbers. Failures
  /// besides: kConfig where the engine announces other tasks than there are or the task has no role
  /// although there are roles, kItem for an index
  /// that is none of them and for an empty share with --when-empty fail. An empty share is fine
  /// otherwise.
  static Result<std::unique_ptr<Share>> open(const Spec& spec, const index::Index& index,
                                             const Environment& environment);
  /// The share of the task at index.position, which is less than the number of tasks.
  Share(std::shared_ptr<const Division> division, const index::Index& index, bool again);

  /// A list that is no longer the one that was counted is a kInput error. After a kItem error,
  /// about one item, the next call gives the item after it.
  Result<std::optional<Item>> next() override;
  Result<void> rewind() override;
  [[nodiscard]] std::uint64_t size() const override { return part_.size; }
  [[nodiscard]] std::uint64_t position() const override {
    return part_.position(place_ > 0 ? place_ - 1 : 0);
  }

  /// Stands for the whole share in templates: the task's position, number and counts, no text. The
  /// origin names the list.
  [[nodiscard]] const Item& task() const { return task_; }
  [[nodiscard]] const Part& part() const { return part_; }

 private:
  Result<std::optional<Item>> read(std::uint64_t position);

  std::shared_ptr<const Division> division_;
  index::Index index_;
  Part part_;
  Item task_;
  std::unique_ptr<Reader> reader_;
  std::uint64_t place_ = 0;  ///< of the next item in the part
  std::uint64_t at_ = 0;     ///< the reader's position in the list
};

}  // namespace indexrun::items
