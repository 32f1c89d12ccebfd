// SPDX-License-Identifier: Apache-2.0
// First phase of confinement: all judging, before anything is changed. May allocate, use libcap
// and libseccomp, and fail; apply.h is the second phase.
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

namespace indexrun::confine {

/// Turns a policy into plain data for this process, its capabilities and this kernel. Changes
/// nothing. kConfig: a text that can never be meant (unknown capability, system call, user, or a
/// filter that would stop our own execve); kConfine: asked for rightly, but this process cannot
/// have it.
Result<Prepared> prepare(const Policy& policy);

}  // namespace indexrun::confine
