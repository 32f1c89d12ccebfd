// SPDX-License-Identifier: Apache-2.0
// From an engine's own number to a position: where the numbers begin, and which there are.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/engines.h"
#include "index/index.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace indexrun::index {

/// The number of the first task: the engine's where it fixes one, else `given` (--base), else the
/// lowest one that the engine has. Never the smallest number seen: --array=7,12 has no task 0, yet
/// 7 is item 7. A `given` that the engine cannot have is a kConfig error.
Result<std::uint64_t> base_of(const Engine& engine, std::optional<std::uint64_t> given);

/// What the engine announces of all its tasks. `task` is this one's own number; one outside the
/// announced range, and a variable that is neither a number nor empty, are kConfig errors.
Result<Range> announced_range(const Engine& engine, const Environment& environment,
                              std::uint64_t task);

/// position = task - base; a task below the base is a kConfig error about `source`.
Result<Index> place(std::uint64_t task, std::uint64_t base, std::string_view source);

}  // namespace indexrun::index
