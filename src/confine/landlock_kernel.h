// SPDX-License-Identifier: Apache-2.0
// The kernel's words for Landlock (landlock(7), include/uapi/linux/landlock.h), ours because the
// headers that we are built with may be older than the kernel that we run on. Functions are system
// calls and nothing else.
#pragma once

#include <cstdint>

#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine::landlock {

// Rights over files, with the ABI that knows them; where nothing is said it is 1.
inline constexpr std::uint64_t kExecute = 1U << 0U;
inline constexpr std::uint64_t kWriteFile = 1U << 1U;
inline constexpr std::uint64_t kReadFile = 1U << 2U;
inline constexpr std::uint64_t kReadDirectory = 1U << 3U;
inline constexpr std::uint64_t kRemoveDirectory = 1U << 4U;
inline constexpr std::uint64_t kRemoveFile = 1U << 5U;
inline constexpr std::uint64_t kMakeCharacterDevice = 1U << 6U;
inline constexpr std::uint64_t kMakeDirectory = 1U << 7U;
inline constexpr std::uint64_t kMakeFile = 1U << 8U;
inline constexpr std::uint64_t kMakeSocket = 1U << 9U;
inline constexpr std::uint64_t kMakeFifo = 1U << 10U;
inline constexpr std::uint64_t kMakeBlockDevice = 1U << 11U;
inline constexpr std::uint64_t kMakeLink = 1U << 12U;
inline constexpr std::uint64_t kRefer = 1U << 13U;          ///< ABI 2
inline constexpr std::uint64_t kTruncate = 1U << 14U;       ///< ABI 3
inline constexpr std::uint64_t kControlDevice = 1U << 15U;  ///< ABI 5

inline constexpr std::uint64_t kBindTcp = 1U << 0U;     ///< ABI 4
inline constexpr std::uint64_t kConnectTcp = 1U << 1U;  ///< ABI 4

inline constexpr std::uint64_t kScopeAbstractUnix = 1U << 0U;  ///< ABI 6
inline constexpr std::uint64_t kScopeSignal = 1U << 1U;        ///< ABI 6

/// What a rule may give over a file that is no directory.
inline constexpr std::uint64_t kFileRights =
    kExecute | kWriteFile | kReadFile | kTruncate | kControlDevice;

/// What a kernel denies is not logged when we ask it to deny something ourselves. ABI 7.
inline constexpr std::uint32_t kQuietUntilExec = 1U << 0U;
inline constexpr int kQuietAbi = 7;

/// struct landlock_ruleset_attr: an older kernel takes the longer one if what it does not know is
/// zero.
struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t tcp = 0;
  std::uint64_t scopes = 0;
};

enum class Rule : int { kBeneath = 1, kPort = 2 };

struct [[gnu::packed]] BeneathAttributes {
  std::uint64_t allowed = 0;
  std::int32_t parent = -1;
};

struct PortAttributes {
  std::uint64_t allowed = 0;
  std::uint64_t port = 0;
};

// The same for every architecture, and newer than some headers.
inline constexpr long kCreateRuleset = 444;
inline constexpr long kAddRule = 445;
inline constexpr long kRestrictSelf = 446;

/// The ABI, from 1; or -1 and errno.
inline int version() {
  constexpr unsigned kVersion = 1;
  return static_cast<int>(::syscall(kCreateRuleset, nullptr, 0, kVersion));
}
/// A descriptor (close-on-exec), or -1 and errno.
inline int create(const RulesetAttributes& attributes) {
  return static_cast<int>(::syscall(kCreateRuleset, &attributes, sizeof attributes, 0));
}
inline bool add(int ruleset, const BeneathAttributes& rule) {
  return ::syscall(kAddRule, ruleset, Rule::kBeneath, &rule, 0) == 0;
}
inline bool add(int ruleset, const PortAttributes& rule) {
  return ::syscall(kAddRule, ruleset, Rule::kPort, &rule, 0) == 0;
}
inline bool restrict_self(int ruleset, std::uint32_t flags) {
  return ::syscall(kRestrictSelf, ruleset, flags) == 0;
}

}  // namespace indexrun::confine::landlock
