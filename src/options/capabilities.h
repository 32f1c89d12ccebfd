// SPDX-License-Identifier: Apache-2.0
// --cap-drop and --cap-add of all levels: drops add up, and nobody loosens another level.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "options/setting.h"

#include <span>

namespace indexrun::options {

/// Fills cap_drop and cap_add, strongest level first, each name once. A capability that a level
/// adds although a weaker one drops it is an error; one that a stronger level drops is no longer
/// added. Names are compared without regard to case and "CAP_".
Result<void> merge_capabilities(std::span<const Setting> settings, confine::Policy& policy);

}  // namespace indexrun::options
