// SPDX-License-Identifier: Apache-2.0
// The arguments at which rules may change their answer.
#pragma once

#include "confine/seccomp/rules.h"

#include <functional>
#include <vector>

namespace indexrun::confine {

/// The values of an argument at which one of the call's conditions on it may change; none if no
/// condition mentions it. Sorted, each once. `narrow`: the lower halves only.
[[nodiscard]] std::vector<std::uint64_t> boundary_values(const Call& call, unsigned index,
                                                         bool narrow);

/// `any` with every combination of the boundary values of its arguments (`narrow`: of their lower
/// halves, as the interface has no others), or a fixed sample of
/// kMostCombinations of them together with the points where single rules hold; until `ask` says
/// false.
void for_each_point(const seccomp_data& any, const Call& call, bool narrow,
                    const std::function<bool(const seccomp_data&)>& ask);

}  // namespace indexrun::confine
