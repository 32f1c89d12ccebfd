// SPDX-License-Identifier: Apache-2.0
// --confine batch: safe defaults for a program that computes and writes its output.
#pragma once

#include "confine/domain.h"
#include "confine/policy.h"

#include <span>
#include <vector>

namespace indexrun::confine {

/// The policy with all that the preset asks for. What the policy says itself stays: capabilities
/// that are added, other restrictions.
[[nodiscard]] Policy with_batch(Policy policy);

/// What may be reached besides `named`: everything may be read and executed; but only read where
/// something is named for execution, and neither where something is named for reading. The devices
/// and streams that every program takes for granted may be written. `streams` are the program's
/// standard output and error.
[[nodiscard]] std::vector<Grant> batch_grants(std::span<const Grant> named,
                                              std::span<const int> streams);

}  // namespace indexrun::confine
