// SPDX-License-Identifier: Apache-2.0
// The part of a program that libseccomp cannot make.
#pragma once

#include "confine/seccomp/rules.h"

#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

/// Instructions that settle the calls beyond the horizons and those that are `ours`, and go on with
/// whatever is put behind them for all others. Empty if there is nothing to settle.
[[nodiscard]] std::vector<sock_filter> emit_prologue(const RuleSet& rules);

}  // namespace indexrun::confine
