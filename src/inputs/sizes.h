// SPDX-License-Identifier: Apache-2.0
// What one execve(2) can take: the sizes of arguments and environment.
#pragma once

#include "base/result.h"
#include "inputs/inputs.h"

#include <cstddef>
#include <string>

namespace indexrun::inputs {

/// The longest string that execve(2) takes, without its final NUL: 32 pages less one byte
/// (MAX_ARG_STRLEN), 131071 on x86-64.
[[nodiscard]] std::size_t longest_string();

/// The room for all strings and the pointers to them: a quarter of RLIMIT_STACK, at least 128 KiB,
/// at most 6 MiB (fs/exec.c, bprm_set_stack_limit).
[[nodiscard]] std::size_t total_room();

/// Error kItem, with the sizes, if a string of argv or a changed variable is too long, or, where
/// there is a command, if everything together is. `share`: the hint speaks of all items of one.
Result<void> check_sizes(const Inputs& inputs, bool share = false);

/// The kItem error of a share whose items are too long for arguments, with that hint.
[[nodiscard]] Error too_many_items(std::string object, std::string problem);

}  // namespace indexrun::inputs
