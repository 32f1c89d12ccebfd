// SPDX-License-Identifier: Apache-2.0
// The product of confine/prepare: plain data, ready to be applied by system calls alone, in this
// process (exec mode) or after fork (supervise mode).
#pragma once

#include "confine/seccomp/filter.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace indexrun::confine {

/// As many supplementary groups as we set: enough for everybody, and they read back on the stack.
inline constexpr std::size_t kMostGroups = 1024;

struct Identity {
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;  ///< supplementary groups, exactly these
  bool groups_given = false;  ///< by --groups, for messages
};

/// One bit a capability, bit n is capability n (capabilities(7)).
struct Capabilities {
  std::uint64_t bounding = 0;
  std::uint64_t permitted = 0;  ///< also effective
  std::uint64_t inheritable = 0;
  std::uint64_t ambient = 0;
  int last = 0;  ///< the highest capability this kernel knows
};

/// setrlimit(2); RLIM64_INFINITY is no limit.
struct ResourceLimit {
  int resource = 0;  ///< RLIMIT_...
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;
};

/// What the program may use, and how it is scheduled. What is empty stays as it is.
struct Resources {
  std::vector<ResourceLimit> limits;
  std::optional<mode_t> umask;
  std::optional<int> nice;          ///< -20 to 19
  std::string oom_score_adj;        ///< the number as text, -1000 to 1000
  std::vector<std::uint64_t> cpus;  ///< bit n of word m is processor m * 64 + n

  [[nodiscard]] bool empty() const {
    return limits.empty() && !umask && !nice && oom_score_adj.empty() && cpus.empty();
  }
};

/// Of the inherited descriptors above 2 only these are passed on.
struct Descriptors {
  std::vector<unsigned> keep;  ///< ascending, each once, from 3
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
  std::optional<unsigned> securebits;  ///< all of them, SECBIT_...; needs `capabilities`
  bool no_new_privs = false;
  Resources resources;
  std::optional<Descriptors> descriptors;
  std::vector<Filter> filters;  ///< of system calls, in the order of loading
  /// --report-denials: loaded in place of `filters` (ask.h); one has the listener. Else empty.
  std::vector<Filter> asking;
  /// The rules are a launch's own (domain.h).
  std::optional<Landlock> landlock;

  [[nodiscard]] bool empty() const {
    return !identity && !capabilities && !no_new_privs && resources.empty() && !descriptors &&
           filters.empty() && !landlock;
  }
};

/// The step of apply() that failed or read back differently; kNone is success.
enum class Step {
  kNone,
  kDescriptors,
  kOomScore,
  kNice,
  kCpus,
  kLimit,
  kBounding,
  kKeepCaps,
  kGroups,
  kGid,
  kUid,
  kCapabilities,
  kAmbient,
  kSecurebits,
  kNoNewPrivs,
  kVerifyDescriptors,
  kVerifyOomScore,
  kVerifyNice,
  kVerifyCpus,
  kVerifyLimit,
  kVerifyUmask,
  kVerifyIdentity,
  kVerifyCapabilities,
  kVerifySecurebits,
  kVerifyNoNewPrivs,
  kSeccomp,
  kListener,
  kRestrict,
  kVerifyFiles,
  kVerifyTcp,
  kVerifyScope,
};

/// For messages: "cannot drop from the bounding set", "the user id reads back differently"...
[[nodiscard]] std::string_view describe(Step step);

}  // namespace indexrun::confine
