// SPDX-License-Identifier: Apache-2.0
// One setting goes to its place in the Specs.
#pragma once

#include "base/result.h"
#include "options/options.h"
#include "options/setting.h"

namespace indexrun::options {

/// Judges the simple syntax of the value and puts it where it belongs. Settings that are read
/// together with others (--format, --env-file, capabilities...) do nothing here.
Result<void> apply(const Setting& setting, Options& options);

}  // namespace indexrun::options
