// SPDX-License-Identifier: Apache-2.0
// Reading the files that hold templates: --render sources and --env-file.
#pragma once

#include "base/result.h"

#include <string>

namespace indexrun::inputs {

/// The whole file; its path is relative to the directory indexrun was started in, as the items
/// file's is. A file that cannot be there (missing, unreadable, a directory) is kConfig, or kItem
/// if its path came `from_item`; any other system error is kInput.
Result<std::string> read_source(const std::string& path, bool from_item);

}  // namespace indexrun::inputs
