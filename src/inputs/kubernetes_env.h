// SPDX-License-Identifier: Apache-2.0
// The env file that one container leaves for another (fileKeyRef in a container's env).
#pragma once

#include "base/result.h"
#include "inputs/variables.h"

#include <string>
#include <vector>

namespace indexrun::inputs {

/// One NAME='value' line a variable, as Kubernetes reads them: single quotes are required, there
/// are no escapes, a newline may stand inside. A value that holds a single quote cannot be written:
/// error kItem, or kConfig if it is the same for every item.
Result<std::string> kubernetes_env(const std::vector<Assignment>& variables);

}  // namespace indexrun::inputs
