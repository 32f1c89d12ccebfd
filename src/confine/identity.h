// SPDX-License-Identifier: Apache-2.0
// --user: who the workload runs as.
#pragma once

#include "base/result.h"
#include "confine/prepared.h"

#include <string_view>

namespace indexrun::confine {

/// "UID[:GID]": plain decimal without leading zeros, below 2^32-1 (which means "unchanged" to the
/// kernel, setresuid(2)). Without GID the group has the number of the user. No supplementary
/// groups. Anything else is a kConfig error; a name gets the hint to write numbers.
Result<Identity> parse_identity(std::string_view text);

}  // namespace indexrun::confine
