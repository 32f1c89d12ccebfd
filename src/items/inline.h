// SPDX-License-Identifier: Apache-2.0
// Items given on the command line or in the configuration file.
#pragma once

#include "items/reader.h"

#include <memory>
#include <string>
#include <vector>

namespace indexrun::items {

/// `items` must outlive the reader. An item that is empty or holds a NUL byte is a kConfig error,
/// whichever item is wanted.
Result<std::unique_ptr<Reader>> open_inline(const std::vector<std::string>& items);

}  // namespace indexrun::items
