// SPDX-License-Identifier: Apache-2.0
// --close-fds and --keep-fd of all levels: what one level closes, no other opens.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "options/setting.h"

#include <span>

namespace indexrun::options {

/// Fills close_fds and keep_fds. A level that has either option closes all but what it keeps
/// itself; what remains is what every such level keeps. Errors: a number that is no descriptor
/// above 2; a descriptor that a weaker level closes.
Result<void> merge_descriptors(std::span<const Setting> settings, confine::Policy& policy);

}  // namespace indexrun::options
