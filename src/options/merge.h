// SPDX-License-Identifier: Apache-2.0
// Several levels of settings become one list: what is said twice, and who wins.
#pragma once

#include "base/result.h"
#include "options/setting.h"

#include <vector>

namespace indexrun::options {

/// Takes the settings of all levels, strongest first, and leaves those that hold, in their order.
/// Each option merges as its row of the table says. What may not be said twice at one level is an
/// error, also at a level that a stronger one overrides; so is a --user against a weaker level's.
/// Comma lists of --map-exit become one setting a pair.
Result<void> merge(std::vector<Setting>& settings);

}  // namespace indexrun::options
