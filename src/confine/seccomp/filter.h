// SPDX-License-Identifier: Apache-2.0
// A filter that is ready to be loaded.
#pragma once

#include "confine/seccomp/rules.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <linux/filter.h>

namespace indexrun::confine {

struct Filter {
  std::string origin;                ///< "--seccomp-deny", a path, "default", "batch"
  std::vector<sock_filter> program;  ///< checked
  std::uint32_t flags = 0;           ///< SECCOMP_FILTER_FLAG_*
  /// What the program does. Nothing where it came compiled: then only evaluate() (bpf.h) tells, and
  /// resolve_builtin() for the built-in ones.
  std::optional<RuleSet> rules;
};

}  // namespace indexrun::confine
