// SPDX-License-Identifier: Apache-2.0
// The product of index/: which worker this is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::index {

/// What the engine says of all its tasks, as far as it says it, in the engine's own numbers.
struct Range {
  std::optional<std::uint64_t> first = {};
  std::optional<std::uint64_t> last = {};
  std::optional<std::uint64_t> count = {};
};

struct Index {
  std::uint64_t task = 0;      ///< the engine's own number, {task}
  std::uint64_t base = 0;      ///< the number of its first task
  std::uint64_t position = 0;  ///< task - base, 0-based, {index}
  std::string engine;          ///< "kubernetes", "slurm"...; empty if the user gave the number
  std::string source;          ///< for messages: "--index", "JOB_COMPLETION_INDEX", a path
  Range announced;
};

}  // namespace indexrun::index
