// SPDX-License-Identifier: Apache-2.0
// What a workload is left with after execve(2), all told: what it is prepared for, and what it
// inherits where nothing is prepared.
#pragma once

#include "base/result.h"
#include "confine/access.h"
#include "confine/policy.h"
#include "confine/prepared.h"
#include "confine/present.h"
#include "confine/seccomp/verdicts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace indexrun::confine {

/// A filter that is loaded, without its program.
struct LoadedFilter {
  std::string origin;  ///< as Filter::origin
  std::size_t instructions = 0;
  std::uint32_t flags = 0;  ///< SECCOMP_FILTER_FLAG_*
};

struct Effective {
  /// All but `descriptors`, `filtered` and `filters` as in the running program; groups ascending.
  /// The last two are what was there before ours.
  Present state;
  std::vector<LoadedFilter> filters;     ///< ours, in the order of loading
  std::vector<InterfaceVerdicts> calls;  ///< by our filters alone; none without a filter
  std::optional<int> landlock_abi;       ///< nothing if Landlock is not asked for
  std::vector<Promise> promises;         ///< of Landlock, asked for, kept or not
};

/// The state of a program that is started under `prepared` by a process in the state `present`,
/// for a program file without set-user-ID bits and capabilities of its own. Follows execve(2) as
/// capabilities(7) has it.
[[nodiscard]] Present after_start(Present present, const Prepared& prepared);

/// `prepared` is what prepare() made of `policy` in this process. Changes nothing. Errors as
/// verdicts().
Result<Effective> effective(const Policy& policy, const Prepared& prepared);

}  // namespace indexrun::confine
