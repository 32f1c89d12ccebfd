// SPDX-License-Identifier: Apache-2.0
// Profiles of tests: from JSON to what a call would get.
#pragma once

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/compile.h"
#include "confine/seccomp/interfaces.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/resolve.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <linux/audit.h>

namespace indexrun::confine {

#if defined(__x86_64__)
inline constexpr std::uint32_t kNative = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
inline constexpr std::uint32_t kNative = AUDIT_ARCH_AARCH64;
#endif

inline constexpr Circumstances kAnyKernel{.bounding = 0, .kernel = {6, 1}};

struct Compiled {
  RuleSet rules;
  std::vector<sock_filter> program;

  /// SECCOMP_RET_* of the program for a native call.
  [[nodiscard]] std::uint32_t answer(long number, std::array<std::uint64_t, 6> arguments = {},
                                     std::uint32_t architecture = kNative) const {
    seccomp_data call{};
    call.nr = static_cast<int>(number);
    call.arch = architecture;
    std::copy(arguments.begin(), arguments.end(), call.args);
    return evaluate(program, call).value_or(0xDEAD'DEAD);
  }
};

inline Result<Compiled> compile_text(std::string_view text,
                                     const Circumstances& circumstances = kAnyKernel,
                                     CompileLimits limits = {}) {
  const JsonSource source{"profile.json", text};
  TRY(const Profile profile, read_profile(source, circumstances));
  TRY(RuleSet rules, resolve(source, profile));
  TRY(std::vector<sock_filter> program, compile(source.name, profile, rules, limits));
  return Compiled{std::move(rules), std::move(program)};
}

/// A profile that has these entries and this default action.
inline std::string profile_of(std::string_view entries,
                              std::string_view action = "SCMP_ACT_ALLOW") {
  return std::string(R"({"defaultAction":")")
      .append(action)
      .append(R"(","syscalls":[)")
      .append(entries)
      .append("]}");
}

}  // namespace indexrun::confine
