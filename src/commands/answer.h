// SPDX-License-Identifier: Apache-2.0
// What a subcommand answers on stdout.
#pragma once

#include "base/result.h"

#include <string_view>

namespace indexrun::commands {

/// Writes all of `text` to stdout. An answer that could not be written whole is a kInternal error:
/// a full disk must not look like a short list.
Result<void> answer(std::string_view text);

}  // namespace indexrun::commands
