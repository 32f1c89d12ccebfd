// SPDX-License-Identifier: Apache-2.0
// Which capabilities a program would be left with, for compiling ahead of its start.
#pragma once

#include "base/result.h"
#include "confine/policy.h"

#include <cstdint>

namespace indexrun::confine {

/// The bounding set of this process without what the policy drops, but with what it adds; nothing
/// is dropped, and nothing needs to be allowed. kConfig: an unknown name.
Result<std::uint64_t> remaining_bounding_set(const Policy& policy);

}  // namespace indexrun::confine
