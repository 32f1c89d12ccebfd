// SPDX-License-Identifier: Apache-2.0
// Values of --role.
#pragma once

#include "base/result.h"
#include "items/spec.h"
#include "options/setting.h"

namespace indexrun::options {

/// RANGE=NAME, where RANGE is N, A..B with both ends included, or A.. without an end, and NAME has
/// letters, digits, '-', '_' and '.'.
Result<items::Role> role_value(const Setting& setting);

}  // namespace indexrun::options
