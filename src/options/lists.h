// SPDX-License-Identifier: Apache-2.0
// Values that hold several things: comma lists.
#pragma once

#include "base/result.h"
#include "options/setting.h"

#include <string>
#include <vector>

namespace indexrun::options {

/// The setting's value, split at its commas. An empty element, so an empty value too, is an error:
/// somebody's variable was empty.
Result<std::vector<std::string>> split_list(const Setting& setting);

}  // namespace indexrun::options
