// SPDX-License-Identifier: Apache-2.0
// How long the worker waits; what it waits for are templates, in inputs/spec.h.
#pragma once

#include "base/deadline.h"

#include <optional>

namespace indexrun::gates {

struct Spec {
  std::optional<Milliseconds> timeout;  ///< --wait-timeout: for all gates together; none: no limit
};

}  // namespace indexrun::gates
