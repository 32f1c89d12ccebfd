// SPDX-License-Identifier: Apache-2.0
// Any text as --only: what is accepted ascends, holds what it says, and written anew is the same.
#include "items/positions.h"
#include "pieces.h"

#include <algorithm>
#include <cstdint>
#include <string>

using indexrun::items::Positions;

namespace {

constexpr std::uint64_t kMost = 200;

std::string written(const Positions& positions, std::uint64_t count) {
  std::string text;
  for (std::uint64_t place = 0; place < count; ++place) {
    text.append(place == 0 ? "" : ",").append(std::to_string(positions.at(place)));
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (text.starts_with('@')) {
    return 0;
  }
  const auto positions = Positions::read(text);
  if (!positions) {
    require(!positions.error().problem.empty());
    return 0;
  }
  const std::uint64_t count = std::min(positions->count(), kMost);
  require(count > 0);
  for (std::uint64_t place = 0; place < count; ++place) {
    require(positions->contains(positions->at(place)));
    require(place == 0 || positions->at(place - 1) < positions->at(place));
  }
  require(positions->at(positions->count() - 1) == positions->last());
  require(!positions->contains(positions->last() + 1));
  const auto again = Positions::read(written(*positions, count));
  require(again.has_value() && again->count() == count);
  require(written(*again, count) == written(*positions, count));
  return 0;
}
