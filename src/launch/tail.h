// SPDX-License-Identifier: Apache-2.0
// The last lines of a stream, in memory that does not grow with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::launch {

class Tail {
 public:
  /// The most bytes that are kept, however long the lines are: more than a record has room for.
  static constexpr std::size_t kMost = 2048;

  explicit Tail(std::uint32_t lines) : lines_(lines) {}
  void add(std::string_view bytes);
  /// The last lines, each ended by a newline but perhaps the last one; of the first of them only
  /// its end may be left.
  [[nodiscard]] std::string text() const;

 private:
  std::uint32_t lines_;
  std::string kept_;
};

}  // namespace indexrun::launch
