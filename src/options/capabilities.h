// SPDX-License-Identifier: Apache-2.0
// --cap-drop and --cap-add of all levels: drops add up, and nobody loosens another level.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "options/setting.h"

#include <span>

namespace indexrun::options {

/// Fills cap_drop and cap_add, strongest level first, each name once. Names are compared without
/// regard to case and "CAP_". An add is an error against a drop of a weaker level, and against one
/// of a stronger level unless its own level drops ALL, and so is a policy by itself: then the
/// stronger level tightens it, and the add no longer holds.
Result<void> merge_capabilities(std::span<const Setting> settings, confine::Policy& policy);

}  // namespace indexrun::options
