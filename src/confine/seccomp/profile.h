// SPDX-License-Identifier: Apache-2.0
// A seccomp profile as people have it: OCI (runtime-spec, linux.seccomp), Docker (moby/profiles),
// Podman (containers/common), Kubernetes' Localhost.
#pragma once

#include "base/result.h"
#include "confine/seccomp/json_tree.h"
#include "confine/seccomp/rules.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

struct KernelVersion {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  auto operator<=>(const KernelVersion&) const = default;

  [[nodiscard]] std::string text() const;
};

/// "6.1.0-13-amd64": what follows the second number does not count. Nothing if there are no two
/// numbers, or one is above 65535.
[[nodiscard]] std::optional<KernelVersion> parse_kernel_version(std::string_view text);

/// What "includes" and "excludes" are decided by.
struct Circumstances {
  std::uint64_t bounding = 0;  ///< the bounding set that the workload is left with
  KernelVersion kernel;

  /// Of this kernel.
  [[nodiscard]] static Circumstances here(std::uint64_t bounding);
};

/// For which circumstances a profile was decided as it was.
struct Decided {
  std::uint64_t capabilities = 0;                 ///< those that the profile asks about
  std::uint64_t held = 0;                         ///< those of them that were there
  KernelVersion from;                             ///< kernels from this one on
  KernelVersion below{0xFFFF'FFFF, 0xFFFF'FFFF};  ///< and before this one

  [[nodiscard]] bool holds(const Circumstances& circumstances) const;
  /// The profile asks for nothing.
  [[nodiscard]] bool always() const { return *this == Decided{}; }
  bool operator==(const Decided&) const = default;
};

/// Calls that get an action under conditions.
struct Entry {
  struct Name {
    std::string text;
    std::size_t offset = 0;
  };
  std::vector<Name> names;
  Action action = 0;
  std::vector<Condition> conditions;
};

struct Profile {
  Action default_action = SECCOMP_RET_ALLOW;
  std::vector<Interface> interfaces;  ///< without calls
  std::uint32_t flags = 0;            ///< SECCOMP_FILTER_FLAG_*
  std::vector<Entry> entries;         ///< those that apply here, in the order of the file
  bool with_horizon = false;          ///< calls newer than the profile fail with ENOSYS
  Decided decided;
};

/// Reads and judges a profile. Every fault is kConfig with FILE:LINE:COLUMN; also in entries that
/// do not apply here.
Result<Profile> read_profile(const JsonSource& source, const Circumstances& circumstances);

/// As runc does: a call with a number above all that the profile names is one that its author did
/// not know of, and programs have a way around ENOSYS only. Not where such calls are allowed
/// anyway, or have ENOSYS already.
[[nodiscard]] bool has_horizon(Action default_action);

}  // namespace indexrun::confine
