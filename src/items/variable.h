// SPDX-License-Identifier: Apache-2.0
// Items that stand in an environment variable (a ConfigMap as environment).
#pragma once

#include "base/environment.h"
#include "items/lines.h"
#include "items/reader.h"
#include "items/spec.h"

#include <memory>

namespace indexrun::items {

/// `environment` must outlive the reader. A variable that is unset, empty, or whose whole value is
/// a reference that nobody replaced is a kConfig error.
Result<std::unique_ptr<Reader>> open_variable(const Variable& variable,
                                              const Environment& environment, LineRules rules);

}  // namespace indexrun::items
