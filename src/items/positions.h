// SPDX-License-Identifier: Apache-2.0
// A set of positions as Kubernetes writes failedIndexes: "1,3-5,7".
#pragma once

#include "base/result.h"
#include "index/index.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace indexrun::items {

class Positions {
 public:
  /// Reads --only: the text itself, or @FILE for a file of at most 1 MiB that holds it, perhaps
  /// with a final newline. Numbers and ranges FIRST-LAST must ascend, each once, up to 2^63.
  /// Anything else, and no position at all, is a kConfig error.
  static Result<Positions> read(const std::string& only);

  /// How many there are.
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// The one at this place, which is less than count().
  [[nodiscard]] std::uint64_t at(std::uint64_t place) const;
  [[nodiscard]] bool contains(std::uint64_t position) const;
  [[nodiscard]] std::uint64_t last() const { return ranges_.back().second; }

 private:
  Result<void> parse(std::string_view text, const std::string& object);

  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges_;  ///< ascending, both ends included
  std::uint64_t count_ = 0;
};

/// The kConfig error of an earlier run of `count` items (or `what` else it counts) that has not got
/// all positions of --only; success if it has.
Result<void> check_positions(const Positions& positions, std::uint64_t count,
                             std::string_view what = "items");

/// The index that the worker had in the earlier run: all that follows goes by it. What the engine
/// announces is that of the present run: it is checked against the positions, and left out of the
/// answer. Errors: kConfig for a range that they do not cover, kItem past their end.
Result<index::Index> earlier_index(const Positions& positions, const index::Index& index);

}  // namespace indexrun::items
