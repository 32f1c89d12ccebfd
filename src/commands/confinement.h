// SPDX-License-Identifier: Apache-2.0
// What was asked for in the way of confinement, for show.
#pragma once

#include "confine/policy.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace indexrun::commands {

/// A label and its value for each part that the policy has; values are safe to print.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> confinement_lines(
    const confine::Policy& policy);

/// Always with the same keys; null is what stays as it is.
[[nodiscard]] nlohmann::ordered_json confinement_json(const confine::Policy& policy);

}  // namespace indexrun::commands
