// SPDX-License-Identifier: Apache-2.0
// --cap-drop and --cap-add: which capability sets the workload is left with (capabilities(7)).
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace indexrun::confine {

/// The number of a capability by its name: with or without "cap_", in any case. An unknown name is
/// a kConfig error with the nearest known one; `option` names the option in it.
Result<int> parse_capability(std::string_view option, std::string_view name);

/// "net_raw", as users write it; the number of one that libcap has no name for.
[[nodiscard]] std::string capability_name(int capability);

/// The five sets, from what this process has:
///  - bounding: without what is dropped, but with what is added;
///  - uid 0: permitted and effective likewise; nothing inheritable or ambient;
///  - another uid, or uid 0 without the rights of root (securebits): exactly what is added (and, if
///  the user does not change, the ambient
///    capabilities that were not dropped) in permitted, effective, inheritable and ambient.
/// Nothing is returned if the policy has neither capabilities nor securebits in it and the user
/// stays or becomes 0.
///
/// kConfine: an added capability that this process has not got, or one that must leave the bounding
/// set without CAP_SETPCAP. The latter is taken as done only for a uid other than 0 under
/// no_new_privs, where no execve(2) can gain from the bounding set.
Result<std::optional<Capabilities>> prepare_capabilities(const Policy& policy,
                                                         const Prepared& prepared);

}  // namespace indexrun::confine
