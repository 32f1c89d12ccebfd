// SPDX-License-Identifier: Apache-2.0
// Deaths by a limit that we set.
#pragma once

#include "confine/prepared.h"
#include "launch/outcome.h"

#include <string_view>

namespace indexrun::launch {

/// "the limit on processor time (--limit cpu)", if a limit of `prepared` explains the signal that
/// ended the program; else empty. XCPU and XFSZ are the kernel's words for it; KILL is so only
/// after all of the hard limit's time (setrlimit(2)).
[[nodiscard]] std::string_view limit_reached(const confine::Prepared& prepared,
                                             const Outcome& outcome);

}  // namespace indexrun::launch
