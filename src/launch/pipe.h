// SPDX-License-Identifier: Apache-2.0
// Pipes between us and programs.
#pragma once

#include "base/fd.h"
#include "base/result.h"

namespace indexrun::launch {

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};

/// Both ends close-on-exec. kInternal, with the remedy, if there is no descriptor left.
Result<Pipe> open_pipe();

/// For our end of a new pipe: the program's stays as it expects a pipe to be.
void make_nonblocking(const UniqueFd& end);

}  // namespace indexrun::launch
