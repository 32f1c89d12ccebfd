// SPDX-License-Identifier: Apache-2.0
// The files that are written for items: those of two items that run at the same time must differ.
#pragma once

#include "base/result.h"
#include "inputs/inputs.h"
#include "share/job.h"

#include <string>
#include <vector>

namespace indexrun::share {

/// The paths of all files of `inputs`, in one spelling each.
Result<std::vector<std::string>> output_paths(const inputs::Inputs& inputs);

/// Error kConfig if `job` and `other` have a path in common, or one of the one is a directory of
/// one of the other.
Result<void> check_apart(const Job& job, const Job& other);

}  // namespace indexrun::share
