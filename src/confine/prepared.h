// SPDX-License-Identifier: Apache-2.0
// The product of confine/prepare: plain data, ready to be applied by system calls alone, in this
// process (exec mode) or after fork (supervise mode).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <linux/filter.h>
#include <sys/types.h>

namespace indexrun::confine {

struct Identity {
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;  ///< supplementary groups, exactly these
};

/// One bit a capability, bit n is capability n (capabilities(7)).
struct Capabilities {
  std::uint64_t bounding = 0;
  std::uint64_t permitted = 0;  ///< also effective
  std::uint64_t inheritable = 0;
  std::uint64_t ambient = 0;
  int last = 0;  ///< the highest capability this kernel knows
};

/// What Landlock denies, as far as this kernel can. Rights are the bits of landlock_kernel.h.
struct Landlock {
  int abi = 0;              ///< 0: there is no Landlock
  bool paths = false;       ///< asked to confine files, whatever the kernel can
  bool batch = false;       ///< with what batch_grants() adds
  std::uint64_t files = 0;  ///< denied but where a rule gives them; likewise the next two
  std::uint64_t tcp = 0;
  std::uint64_t scopes = 0;
  std::vector<std::uint16_t> bind = {};
  std::vector<std::uint16_t> connect = {};

  [[nodiscard]] bool handles() const { return files != 0 || tcp != 0 || scopes != 0; }
};

struct Prepared {
  std::optional<Identity> identity;
  std::optional<Capabilities> capabilities;
  bool no_new_privs = false;
  std::vector<sock_filter> filter;  ///< empty: no seccomp filter
  /// The rules are a launch's own (domain.h).
  std::optional<Landlock> landlock;

  [[nodiscard]] bool empty() const {
    return !identity && !capabilities && !no_new_privs && filter.empty() && !landlock;
  }
};

/// The step of apply() that failed or read back differently; kNone is success.
enum class Step {
  kNone,
  kBounding,
  kKeepCaps,
  kGroups,
  kGid,
  kUid,
  kCapabilities,
  kAmbient,
  kNoNewPrivs,
  kVerifyIdentity,
  kVerifyCapabilities,
  kVerifyNoNewPrivs,
  kSeccomp,
  kRestrict,
  kVerifyFiles,
  kVerifyTcp,
  kVerifyScope,
};

/// For messages: "cannot drop from the bounding set", "the user id reads back differently"...
[[nodiscard]] std::string_view describe(Step step);

}  // namespace indexrun::confine
