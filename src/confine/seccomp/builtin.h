// SPDX-License-Identifier: Apache-2.0
// The profiles that indexrun brings along, compiled and checked when it was built.
#pragma once

#include "base/result.h"
#include "confine/seccomp/filter.h"

#include <cstdint>
#include <span>
#include <string_view>

#include <linux/filter.h>

namespace indexrun::confine {

/// A profile without conditions on capabilities and kernels, so that one program is right for all
/// circumstances: nothing of the machine that built it is in there.
struct Builtin {
  std::string_view name;  ///< "default", "batch"
  std::string_view text;  ///< the profile, as in src/confine/profiles
  std::span<const sock_filter> program;
  std::uint32_t flags = 0;
};

[[nodiscard]] std::span<const Builtin> builtins();

/// A null pointer if there is none of that name.
[[nodiscard]] const Builtin* find_builtin(std::string_view name);

/// Only copies: nothing is left to be compiled or checked.
[[nodiscard]] Filter builtin_filter(const Builtin& builtin);

/// What the program does, for those who want to tell: read again from the text.
Result<RuleSet> resolve_builtin(const Builtin& builtin);

}  // namespace indexrun::confine
