// SPDX-License-Identifier: Apache-2.0
// The values of --confine.
#pragma once

#include <string_view>

namespace indexrun::options {

inline constexpr std::string_view kPresets[] = {"none", "batch"};

}  // namespace indexrun::options
