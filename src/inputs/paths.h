// SPDX-License-Identifier: Apache-2.0
// Where outputs lie, and when two paths are the same file.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace indexrun::inputs {

/// `path` as seen from the directory of indexrun, for a program that is started in `directory`
/// (empty: the same directory).
[[nodiscard]] std::string beneath(std::string_view directory, std::string_view path);

/// With the working directory in front if it is relative; "." and ".." stay. Error kInput if there
/// is no working directory any more.
Result<std::string> absolute(const std::string& path);

/// One spelling for each file, also for one that does not exist yet: symbolic links resolved as far
/// as directories exist, the rest without ".", ".." and double slashes. `path` is absolute.
[[nodiscard]] std::string one_spelling(const std::string& path);

}  // namespace indexrun::inputs
