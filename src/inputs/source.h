// SPDX-License-Identifier: Apache-2.0
// Reading the files that hold templates: --render sources and --env-file.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>

namespace indexrun::inputs {

/// The most bytes that a source of --render, or an --env-file, may have.
inline constexpr std::size_t kLargestRender = std::size_t{64} << 20;
inline constexpr std::size_t kLargestEnvFile = std::size_t{1} << 20;

/// The whole file; its path is relative to the directory indexrun was started in, as the items
/// file's is. Errors: kInput for what may pass (I/O error, stale handle, no memory or descriptors);
/// anything else, such as a missing file, a directory or more than `limit` bytes (whole
/// MiB, also of a device without end), is kConfig, or kItem if the path came
/// `from_item`; kStopped if a stop signal comes while a pipe has nothing to read.
Result<std::string> read_source(const std::string& path, bool from_item, std::size_t limit);

}  // namespace indexrun::inputs
