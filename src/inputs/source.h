// SPDX-License-Identifier: Apache-2.0
// Reading the files that hold templates: --render sources and --env-file.
#pragma once

#include "base/result.h"

#include <string>

namespace indexrun::inputs {

/// The whole file; its path is relative to the directory indexrun was started in, as the items
/// file's is. Errors: kInput for what may pass (I/O error, stale handle, no memory or descriptors);
/// anything else, such as a missing file or a directory, is kConfig, or kItem if the path came
/// `from_item`; kStopped if a stop signal comes while a pipe has nothing to read.
Result<std::string> read_source(const std::string& path, bool from_item);

}  // namespace indexrun::inputs
