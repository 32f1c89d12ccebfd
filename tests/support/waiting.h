// SPDX-License-Identifier: Apache-2.0
// A run of indexrun that waits for something (--wait-for), and the moment when it really does.
#pragma once

#include "support/run.h"

#include <string>

#include <sys/types.h>

namespace indexrun::test {

/// Waits until the process sleeps and holds a signalfd, as indexrun does while it waits at gates;
/// false if that does not come about in time.
[[nodiscard]] bool waits(pid_t pid);

/// The lines of /proc/PID/status about wake-ups.
[[nodiscard]] std::string wake_ups(pid_t pid);

}  // namespace indexrun::test
