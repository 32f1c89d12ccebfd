// SPDX-License-Identifier: Apache-2.0
// A list that is counted, checked and divided among tasks: what all shares of it have in common.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/index.h"
#include "items/item.h"
#include "items/partition.h"
#include "items/reader.h"
#include "items/roles.h"
#include "items/spec.h"
#include "items/supply.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::items {

/// Whether two equal items are an error, as for count and show --all.
enum class Equals { kFine, kRefused };

class Division {
 public:
  /// Reads the whole list once. The number of tasks is --tasks, or follows from --per-task, or is
  /// what the engine has `announced`; none of them is a kConfig error, and so is all that
  /// check_count() or Roles::read() finds, and a weight that is no number. Two equal items are one
  /// if they are refused, and --allow-duplicates is not given. --only is for the caller, who may be
  /// able to read it only once: check_positions(). `spec` and `environment` must outlive the
  /// Division. Memory: 16 bytes an item for a split by weight, else nothing that grows with the
  /// list.
  static Result<Division> open(const Spec& spec, const Environment& environment,
                               std::optional<std::uint64_t> announced,
                               Equals equals = Equals::kFine);

  /// A reader at the first item of the list that was counted: its unchanged() goes for both. The
  /// Division must outlive it.
  [[nodiscard]] Result<std::unique_ptr<Reader>> read() const { return supply_.open_again(); }
  /// Gives what a reader's next() found at this position what is known of it besides: position and
  /// counts, and number, role and position of the `task` that has it. Errors: the finding itself,
  /// and kInput for a list that is shorter than it was.
  Result<void> complete(Result<std::optional<Item>>& found, std::uint64_t position,
                        const index::Index& task) const;
  [[nodiscard]] const Partition& partition() const { return *partition_; }
  /// By the position of the task.
  [[nodiscard]] const Roles& roles() const { return roles_; }
  /// Of the list, for messages.
  [[nodiscard]] const std::string& name() const { return counted_->name(); }
  /// SHA-256 of all items; empty if it is not known.
  [[nodiscard]] std::string digest() const { return counted_->digest(); }
  /// The names of the first item's fields, without values.
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

 private:
  explicit Division(Supply supply) : supply_(std::move(supply)) {}
  Result<Partition> divide(const Spec& spec, std::optional<std::uint64_t> announced);
  Result<std::uint64_t> count();
  Result<std::vector<Weight>> weigh(const std::string& field);

  Supply supply_;
  std::unique_ptr<Reader> counted_;  ///< the reader of the first pass, which knows what it read
  std::optional<Partition> partition_;
  std::vector<Field> fields_;
  Roles roles_;
};

}  // namespace indexrun::items
