// SPDX-License-Identifier: Apache-2.0
// Exec mode: this process becomes the program.
#pragma once

#include "base/error.h"
#include "launch/request.h"

namespace indexrun::launch {

/// Returns only if the program was not started. kStopped if a stop signal came before; see Plan for
/// the other failures. After a failure this process may be half confined: report and exit.
[[nodiscard]] Error exec(const Request& request);

/// The error for a stop signal that came before there was a program to hand it to.
[[nodiscard]] Error stopped_before_start(int signal);

}  // namespace indexrun::launch
