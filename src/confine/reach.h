// SPDX-License-Identifier: Apache-2.0
// What this process cannot have, known before anything is done: apply() would find out as well, but
// by then files are written and a mode is chosen.
#pragma once

#include "base/result.h"
#include "confine/prepared.h"

namespace indexrun::confine {

/// kConfine: another user or group than its own needs CAP_SETUID or CAP_SETGID (setresuid(2)); so
/// do other supplementary groups, and a user namespace may forbid them altogether or have no number
/// for an id (user_namespaces(7)).
Result<void> check_identity(const Prepared& prepared);

/// kConfine: limits above the present hard ones, a lower nice value or score, or processors that
/// this process is not allowed. The kernel is asked by trying, as a capability of a user namespace
/// counts for none of these; what was is put back.
Result<void> check_resources(const Prepared& prepared);

}  // namespace indexrun::confine
