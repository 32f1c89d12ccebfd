// SPDX-License-Identifier: Apache-2.0
// Splitting by POSIX quoting rules (IEEE Std 1003.1, Shell 2.2) without a shell: quotes and
// backslashes work, nothing is ever expanded.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace indexrun {

/// The words of `text`. Blanks and newlines outside quotes separate; '...' is literal; in "..." a
/// backslash escapes only $ ` " \ and newline; elsewhere it escapes any character, and
/// backslash-newline is removed. An unfinished quote or a final backslash is a kConfig error with
/// empty `stage` and `object`, which the caller fills in.
Result<std::vector<std::string>> split_shell_words(std::string_view text);

}  // namespace indexrun
