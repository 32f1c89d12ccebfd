// SPDX-License-Identifier: Apache-2.0
// What the program may reach, as a part of a plan.
#pragma once

#include "confine/policy.h"
#include "inputs/inputs.h"

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace indexrun::commands {

/// A label and its value, for one line of text.
struct PlanLine {
  std::string_view label;
  std::string value;
};

/// Nothing if nothing is asked for.
[[nodiscard]] std::vector<PlanLine> access_lines(const confine::Policy& confinement,
                                                 const inputs::Inputs& inputs);

/// Adds the keys preset, ro, rw, exec, tcp_bind, tcp_connect, scope, landlock, private_tmp and
/// private_home to an object: always all of them; null where nothing is asked for.
void add_access(nlohmann::ordered_json& json, const confine::Policy& confinement,
                const inputs::Inputs& inputs);

}  // namespace indexrun::commands
