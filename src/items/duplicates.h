// SPDX-License-Identifier: Apache-2.0
// Finding an item that is there twice without keeping the items.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace indexrun::items {

/// Remembers 16 bytes an item: a hash of 96 bits, of which a chance collision in ten million items
/// has a probability of about 10^-15, and the position. Takes up to 2^32 items.
class Duplicates {
 public:
  /// Positions are given in order from 0. The earlier position that held the same text, if any.
  std::optional<std::uint32_t> add(std::string_view text, std::uint32_t position);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t check = 0;
    std::uint32_t position = 0;  ///< plus 1; 0 is a free slot
  };
  static Slot& find(std::vector<Slot>& slots, const Slot& wanted);
  void grow();

  std::vector<Slot> slots_;  ///< open addressing; the size is a power of two
  std::size_t used_ = 0;
};

}  // namespace indexrun::items
