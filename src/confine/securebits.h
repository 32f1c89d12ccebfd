// SPDX-License-Identifier: Apache-2.0
// --securebits: what user 0 is worth (capabilities(7)).
#pragma once

#include "base/result.h"
#include "confine/prepared.h"

#include <optional>
#include <string>
#include <vector>

namespace indexrun::confine {

/// The bits to be set: those of the names, and those that are set already. Nothing if all are.
/// Names are noroot, no-setuid-fixup, no-cap-ambient-raise, exec-restrict-file and
/// exec-deny-interactive, each also with -locked, keep-caps-locked; and all-locked for the first
/// three with their locks and keep-caps-locked. Also with SECBIT_ or underscores, in any case.
///
/// kConfig: an unknown name, with a near miss; keep-caps, which the kernel clears at execve(2).
/// kConfine: no CAP_SETPCAP; a bit that is locked as it is; one that this kernel does not know.
Result<std::optional<unsigned>> prepare_securebits(const std::vector<std::string>& names);

/// The names of bits that are set, as above.
[[nodiscard]] std::vector<std::string> securebit_names(unsigned bits);

/// Whether user 0 has no rights of its own in the program: SECBIT_NOROOT is or will be set.
[[nodiscard]] bool no_root(const std::optional<unsigned>& securebits);

}  // namespace indexrun::confine
