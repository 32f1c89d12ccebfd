// SPDX-License-Identifier: Apache-2.0
// Finding the index in the environment, from one engine of the table or from whichever is there.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "index/engines.h"
#include "index/index.h"

#include <cstdint>
#include <optional>

namespace indexrun::index {

/// The index that this engine gives, with the range that it announces. Nothing if its variable is
/// unset, or says that the job is not an array (empty, "undefined", LSF's 0); but an empty
/// JOB_COMPLETION_INDEX is an error. `base` is --base. Failures are kConfig.
Result<std::optional<Index>> ask_engine(const Engine& engine, const Environment& environment,
                                        std::optional<std::uint64_t> base);

/// The same where the user named the engine: nothing found is an error as well.
Result<Index> require_engine(const Engine& engine, const Environment& environment,
                             std::optional<std::uint64_t> base);

/// Detection over all engines that are safe to detect. No engine, and engines whose positions
/// differ, are kConfig errors; of engines that agree the first is taken.
Result<Index> detect(const Environment& environment, std::optional<std::uint64_t> base);

}  // namespace indexrun::index
