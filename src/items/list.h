// SPDX-License-Identifier: Apache-2.0
// All items, one after the other: for show --all.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "items/item.h"
#include "items/positions.h"
#include "items/reader.h"
#include "items/roles.h"
#include "items/spec.h"
#include "items/supply.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace indexrun::items {

class List {
 public:
  /// Reads the whole list once to count and check it, as count() does, so that nothing is printed
  /// of a list with a defect; then opens it again. Standard input and pipes are kept in memory.
  /// `spec` and `environment` must outlive the List.
  static Result<List> open(const Spec& spec, const Environment& environment);

  /// The next item (of those that --only names), with position, count, tasks (one task an item,
  /// base 0) and role. Nothing after the last. A list that is no longer the one that was counted is
  /// a kInput error.
  Result<std::optional<Item>> next();

  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  explicit List(Supply supply) : supply_(std::move(supply)) {}

  Supply supply_;
  std::unique_ptr<Reader> reader_;
  std::optional<Positions> only_;
  Roles roles_;
  std::uint64_t count_ = 0;
  std::string digest_;  ///< where it is known
  std::uint64_t position_ = 0;
};

}  // namespace indexrun::items
