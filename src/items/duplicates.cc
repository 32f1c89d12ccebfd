// SPDX-License-Identifier: Apache-2.0
// A hash table of hashes.
#include "items/duplicates.h"

#include <functional>

namespace indexrun::items {
namespace {

/// FNV-1a, 32 bits: of another kind than std::hash, so that the two do not collide together.
std::uint32_t fnv(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash;
}

}  // namespace

/// The slot that holds the same text, or the free one where it belongs.
Duplicates::Slot& Duplicates::find(std::vector<Slot>& slots, const Slot& wanted) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = wanted.hash & mask;
  while (slots[at].position != 0 &&
         (slots[at].hash != wanted.hash || slots[at].check != wanted.check)) {
    at = (at + 1) & mask;
  }
  return slots[at];
}

void Duplicates::grow() {
  std::vector<Slot> larger(slots_.empty() ? 1024 : slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.position != 0) {
      find(larger, slot) = slot;
    }
  }
  slots_ = std::move(larger);
}

std::optional<std::uint32_t> Duplicates::add(std::string_view text, std::uint32_t position) {
  if (4 * used_ >= 3 * slots_.size()) {
    grow();
  }
  const Slot wanted{std::hash<std::string_view>{}(text), fnv(text), position + 1};
  Slot& slot = find(slots_, wanted);
  if (slot.position != 0) {
    return slot.position - 1;
  }
  slot = wanted;
  ++used_;
  return std::nullopt;
}

}  // namespace indexrun::items
