// SPDX-License-Identifier: Apache-2.0
// Directories that are made for a workload.
#pragma once

#include "confine/prepared.h"

#include <string>

namespace indexrun::launch {

/// Makes each missing directory of `path`, which ends with a slash, with 0777 minus the umask. What
/// is made belongs to `owner`, if there is one. 0 or an errno.
[[nodiscard]] int make_directories(const std::string& path, const confine::Identity* owner);

}  // namespace indexrun::launch
