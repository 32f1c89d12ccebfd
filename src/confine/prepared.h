// SPDX-License-Identifier: Apache-2.0
// The product of confine/prepare: plain data, ready to be applied by system calls alone, in this
// process (exec mode) or after fork (supervise mode).
#pragma once

#include "confine/seccomp/filter.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

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

struct Prepared {
  std::optional<Identity> identity;
  std::optional<Capabilities> capabilities;
  bool no_new_privs = false;
  std::vector<Filter> filters;  ///< of system calls, in the order of loading

  [[nodiscard]] bool empty() const {
    return !identity && !capabilities && !no_new_privs && filters.empty();
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
};

/// For messages: "cannot drop from the bounding set", "the user id reads back differently"...
[[nodiscard]] std::string_view describe(Step step);

}  // namespace indexrun::confine
