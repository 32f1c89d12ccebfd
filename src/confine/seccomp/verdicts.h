// SPDX-License-Identifier: Apache-2.0
// What every system call gets from the filters of a launch, taken together.
#pragma once

#include "base/result.h"
#include "confine/seccomp/filter.h"
#include "confine/seccomp/rules.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace indexrun::confine {

/// Of several filters the kernel takes the strictest answer, and of two ERRNO that of the filter
/// that was loaded last (seccomp(2)).
struct Verdict {
  std::vector<Rule> rules = {};          ///< the first that holds decides; each has conditions
  Action otherwise = SECCOMP_RET_ALLOW;  ///< if none holds
  /// Where a compiled filter, of which there are no rules, looks at arguments: every answer that
  /// may come of it, the strictest first; `rules` is empty then and `otherwise` the strictest.
  std::vector<Action> possible = {};
  std::uint32_t arguments = 0;  ///< those that decide: bit n is argument n; bit 6 the caller's code

  [[nodiscard]] bool constant() const { return rules.empty() && possible.empty(); }
};
[[nodiscard]] bool operator==(const Verdict& one, const Verdict& other);

/// Calls with successive numbers and one verdict; a named call stands alone.
struct Calls {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::string name = {};  ///< empty: neither libseccomp nor we know any of them
  Verdict verdict = {};
};

struct InterfaceVerdicts {
  std::string_view name;     ///< as Interface::name
  std::uint32_t audit = 0;   ///< AUDIT_ARCH_*
  std::vector<Calls> calls;  ///< all numbers that the interface can have, ascending
};

/// For each interface of this machine, the native one first. `filters` are in the order of loading;
/// none gives nothing. kInternal: a program that evaluate() cannot run, which prepare_filters()
/// never lets through.
Result<std::vector<InterfaceVerdicts>> verdicts(std::span<const Filter> filters);

/// The first of the two was loaded earlier.
[[nodiscard]] Verdict stack(const Verdict& earlier, const Verdict& later);

}  // namespace indexrun::confine
