// SPDX-License-Identifier: Apache-2.0
// What must be true of the whole list: its number of items against what was expected and announced.
#pragma once

#include "base/result.h"
#include "index/index.h"
#include "items/spec.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace indexrun::items {

/// A list of `count` items that is empty, or is not of the size --expect-count says, is a kConfig
/// error about `name`.
Result<void> check_count(const Spec& spec, const std::string& name, std::uint64_t count);

/// Every task that the engine announced must have an item: base <= first and last < base + count.
/// Else a kConfig error, in every task alike: --array=1-100 over items 0 to 99 is not 99 wrong runs
/// and one failure.
Result<void> check_range(const index::Index& index, const std::string& name, std::uint64_t count);

/// The kInput error of a list, or a directory of items, that is not what it was.
[[nodiscard]] Error list_changed(const std::string& name, std::string_view what = "list");

/// The kItem error of an index for which there is no item.
[[nodiscard]] Error past_the_end(const index::Index& index, const std::string& name,
                                 std::uint64_t count);

}  // namespace indexrun::items
