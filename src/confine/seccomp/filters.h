// SPDX-License-Identifier: Apache-2.0
// --seccomp and --seccomp-deny: profiles, lists of names, built-in and compiled filters as BPF
// programs (seccomp(2)).
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/seccomp/filter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace indexrun::confine {

/// All filters of the policy, in the order in which they are to be loaded: the deny list, then the
/// profiles from the weakest level to the strongest, as of two that deny a call the one that was
/// loaded last says with which errno; one that takes seccomp(2) away at the end.
///
/// `bounding` is the bounding set that the workload is left with.
///
/// kConfig: a file that is missing or unreadable for good, whatever is wrong in it, an unknown name
/// or group, or a filter that would stop our own last calls. kConfine: libseccomp or the check
/// failed, or a compiled filter is not for these circumstances.
Result<std::vector<Filter>> prepare_filters(const Policy& policy, std::uint64_t bounding);

/// One profile, by path or name ("default", "batch"), as a file that --seccomp takes without
/// compiling it again (compiled_file.h), decided for this kernel and the capabilities that the
/// policy leaves of this process' bounding set. The same errors as prepare_filters().
Result<std::string> compile_ahead(const std::string& path, const Policy& policy);

}  // namespace indexrun::confine
