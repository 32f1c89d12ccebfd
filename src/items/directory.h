// SPDX-License-Identifier: Apache-2.0
// Items that are the files of a directory.
#pragma once

#include "items/reader.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// The items of the folder (Folder): text is the content without one final newline (LF or CRLF),
/// the fields `name` and `path` name the file. Only files that are asked for are read; one that is
/// empty, holds a NUL byte, or is longer than kLongestItem is a kItem error.
Result<std::unique_ptr<Reader>> open_directory(const std::string& path);

}  // namespace indexrun::items
