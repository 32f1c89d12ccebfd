// SPDX-License-Identifier: Apache-2.0
// Whether the program could start at all where only some paths may be executed.
#pragma once

#include "base/result.h"
#include "confine/domain.h"

#include <span>
#include <string>

namespace indexrun::launch {

/// The program `path` (seen from `directory`; empty: our own), its #! interpreters and its dynamic
/// loader must each lie beneath a path of `grants` that is kExecute: execve(2) would fail with
/// EACCES, which tells nobody what is missing. kConfig, naming all that is missing. What this
/// process cannot look at is taken unseen.
Result<void> check_may_execute(const std::string& path, const std::string& directory,
                               std::span<const confine::Grant> grants);

}  // namespace indexrun::launch
