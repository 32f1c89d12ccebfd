// SPDX-License-Identifier: Apache-2.0
// Which role a worker has: the ranges of --role, and looking a position up in them.
#pragma once

#include "base/result.h"
#include "items/spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace indexrun::items {

class Roles {
 public:
  /// Judges the ranges of `spec`, which outlives the Roles: two that overlap, and a position before
  /// the last range that is in none, are kConfig errors. Costs nothing if there are no roles.
  static Result<Roles> read(const Spec& spec);

  /// The role of a position; a null pointer if no range covers it, or there are no roles.
  [[nodiscard]] const Role* find(std::uint64_t position) const;

  /// The name of the role, empty if there are no roles. `position` is {index}: of the item, or of
  /// the task where it has a share. One that no range covers is a kConfig error.
  [[nodiscard]] Result<std::string> at(std::uint64_t position) const;

 private:
  std::vector<const Role*> ascending_;
};

}  // namespace indexrun::items
