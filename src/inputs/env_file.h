// SPDX-License-Identifier: Apache-2.0
// The lines of an --env-file, not yet expanded.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::inputs {

/// One NAME=TEMPLATE; views into the text.
struct EnvLine {
  std::string_view name;
  std::string_view value;  ///< all bytes after "=" to the end of the line: no quotes, no trimming
  std::size_t line = 0;    ///< from 1
};

/// Reads lines that end in LF or CRLF, the last one also in nothing; a byte order mark at the start
/// is skipped, and so are lines that are blank or whose first byte that is not blank is '#'.
/// `path` is for messages. Errors, kConfig, with object PATH:LINE: no "=", a name that no shell
/// could read, a name that an earlier line has, a NUL byte.
Result<std::vector<EnvLine>> parse_env_file(std::string_view text, const std::string& path);

}  // namespace indexrun::inputs
