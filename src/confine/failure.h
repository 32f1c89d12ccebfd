// SPDX-License-Identifier: Apache-2.0
// A step of apply() that failed, as an Error. Called in the process that reports, never between
// fork(2) and execve(2).
#pragma once

#include "base/error.h"
#include "confine/apply.h"

namespace indexrun::confine {

/// kConfine, with the option that asked for the step and a remedy where one is known.
[[nodiscard]] Error failure(const Prepared& prepared, Failed failed);

}  // namespace indexrun::confine
