// SPDX-License-Identifier: Apache-2.0
// How many items there are, after checking all of them.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "items/reader.h"
#include "items/spec.h"

#include <cstdint>

namespace indexrun::items {

/// Reads the whole list. An empty list, a count other than --expect-count and, unless
/// `allow_duplicates`, two equal items are kConfig errors.
Result<std::uint64_t> count(const Spec& spec, const Environment& environment);

struct Counts {
  std::uint64_t items = 0;
  std::uint64_t tasks = 0;  ///< the positions of --only, else the shares, else one an item
};

/// The same, and how many tasks that makes. A position of --only that is not there is a kConfig
/// error too.
Result<Counts> count_all(const Spec& spec, const Environment& environment);

/// The same as the first for a source that is open already.
Result<std::uint64_t> count(const Spec& spec, Reader& reader);

}  // namespace indexrun::items
