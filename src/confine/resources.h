// SPDX-License-Identifier: Apache-2.0
// Limits, scheduling, umask and descriptors: from the policy to plain data.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

namespace indexrun::confine {

/// Errors as parse_limits() and parse_cpus(). Makes room in the heap where memory is limited: in
/// exec mode the limit is ours, too, if the program then cannot be started and that must be told.
Result<Resources> prepare_resources(const Policy& policy);

/// kConfig: a kept descriptor that was not inherited.
Result<Descriptors> prepare_descriptors(const Policy& policy);

}  // namespace indexrun::confine
