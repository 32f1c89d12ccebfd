// SPDX-License-Identifier: Apache-2.0
// --user: who the workload runs as.
#pragma once

#include "base/result.h"
#include "confine/apply.h"
#include "confine/prepared.h"

#include <string_view>

namespace indexrun::confine {

/// "UID[:GID]": plain decimal without leading zeros, below 2^32-1 (which means "unchanged" to the
/// kernel, setresuid(2)). Without GID the group has the number of the user. No supplementary
/// groups. Anything else is a kConfig error; a name gets the hint to write numbers.
Result<Identity> parse_identity(std::string_view text);

/// The step of apply() that this process cannot take for want of a capability, known beforehand:
/// another user or group than its own needs CAP_SETUID or CAP_SETGID (setresuid(2)).
[[nodiscard]] Failed out_of_reach(const Identity& wanted);

}  // namespace indexrun::confine
