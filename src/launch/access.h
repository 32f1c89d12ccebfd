// SPDX-License-Identifier: Apache-2.0
// From the paths of one item to the Landlock domain of its launch.
#pragma once

#include "base/result.h"
#include "confine/domain.h"
#include "launch/private_folders.h"
#include "launch/request.h"

#include <span>
#include <string>
#include <vector>

namespace indexrun::launch {

/// The paths that Landlock lets the program reach: those of the item, and of the preset if it is
/// asked for. `outputs` are the program's standard output and error.
[[nodiscard]] std::vector<confine::Grant> all_grants(const inputs::Inputs& inputs,
                                                     const confine::Landlock& landlock,
                                                     std::span<const int> outputs);

/// Refuses beforehand a program that could not start where only some paths may be executed
/// (may_execute.h). `program` is the path for execve(2).
Result<void> check_program(const Request& request, const std::string& program);

/// Makes the directories of --rw that end with a slash, for the workload's user, and the rules.
/// Does nothing if Landlock is not asked for. `folders` may be null; they may be written. `outputs`
/// are the program's standard output and error.
Result<confine::Domain> open_domain(const Request& request, const PrivateFolders* folders,
                                    std::span<const int> outputs);

}  // namespace indexrun::launch
