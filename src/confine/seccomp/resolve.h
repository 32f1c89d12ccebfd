// SPDX-License-Identifier: Apache-2.0
// From the names of a profile to the numbers of this machine.
#pragma once

#include "base/result.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/rules.h"

namespace indexrun::confine {

/// The rules as libseccomp understands a profile: an entry with the default action does nothing;
/// of a call's unconditional rules the first counts, and the conditional ones do not; among
/// conditional ones the first that holds. Names of other machines' calls are passed over.
///
/// A call that i386 makes through socketcall(2) or ipc(2), with arguments in memory that no filter
/// can read: rules with conditions deny it whole where they are stricter than the default action,
/// and are left out where they are not.
///
/// A name that no machine has: kConfig in a stricter rule where the default allows, since the call
/// that was meant would be allowed; else a warning.
Result<RuleSet> resolve(const JsonSource& source, const Profile& profile);

}  // namespace indexrun::confine
