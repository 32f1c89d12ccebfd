// SPDX-License-Identifier: Apache-2.0
// The wait before the program starts.
#pragma once

#include "base/result.h"
#include "gates/gate.h"
#include "gates/spec.h"

#include <span>

namespace indexrun::gates {

/// Waits until every gate has been met, all at the same time; one that has been met counts as met
/// from then on. Now and then a warning tells what is still waited for: after 30 s, then in ever
/// longer pauses.
///
/// Errors: kInput when the time is over, or a path cannot be waited for; kStopped on a stop signal
/// (is_stop_signal, not ignored). Other signals stay pending for the program.
Result<void> wait(std::span<const Gate> gates, const Spec& spec);

}  // namespace indexrun::gates
