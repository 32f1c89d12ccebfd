// SPDX-License-Identifier: Apache-2.0
// What a filter is to do, as a plain value: for each system call interface and number the ordered
// conditions and actions. Compiling and checking start from it, and so does whoever wants to tell
// what a call would get.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <linux/seccomp.h>

namespace indexrun::confine {

/// As the kernel encodes it: SECCOMP_RET_*, with the errno in the low 16 bits (seccomp(2)).
using Action = std::uint32_t;

/// Whether a call goes on: allowed, or allowed and logged.
[[nodiscard]] bool permits(Action action);

/// Whether the kernel would take `action` before `other` if two filters gave both.
[[nodiscard]] bool stricter(Action action, Action other);

/// "ALLOW", "ERRNO 1 (EPERM)", "KILL_PROCESS"...; never empty.
[[nodiscard]] std::string describe_action(Action action);

/// Comparisons of an argument, unsigned and of 64 bits, as libseccomp has them.
enum class Op : std::uint8_t {
  kNotEqual,
  kLess,
  kLessOrEqual,
  kEqual,
  kGreaterOrEqual,
  kGreater,
  kMaskedEqual,  ///< (argument & value) == value_two
};

struct Condition {
  unsigned index = 0;  ///< of the argument, 0 to 5
  Op op = Op::kEqual;
  std::uint64_t value = 0;
  std::uint64_t value_two = 0;  ///< kMaskedEqual only

  [[nodiscard]] bool holds(std::uint64_t argument) const;
  [[nodiscard]] bool holds(const seccomp_data& call) const { return holds(call.args[index]); }
};

/// All conditions must hold; none: always.
struct Rule {
  Action action = 0;
  std::vector<Condition> conditions = {};

  [[nodiscard]] bool holds(const seccomp_data& call) const;
};

/// The rules of one call: the first that holds decides. An unconditional one stands alone.
struct Call {
  std::uint32_t number = 0;  ///< as in seccomp_data::nr, on x32 with its bit
  std::string name;
  std::vector<Rule> rules;
  /// libseccomp cannot express it: it has no number for the name, the call is one of i386's
  /// multiplexers, or a condition looks at the upper halves of arguments where libseccomp takes no
  /// notice of them (on 32-bit interfaces and x32). It is settled before libseccomp's part of the
  /// program.
  bool ours = false;

  [[nodiscard]] bool conditional() const;
  /// What the call gets; nothing if no rule holds.
  [[nodiscard]] std::optional<Action> verdict(const seccomp_data& call) const;
};

/// One way into the kernel: an instruction set's calls.
struct Interface {
  std::string_view name;         ///< "x86_64", "x86", "x32", "aarch64"...
  std::uint32_t token = 0;       ///< SCMP_ARCH_*
  std::uint32_t audit = 0;       ///< seccomp_data::arch; x32 has that of x86-64
  bool x32 = false;              ///< numbers have kX32Bit
  bool narrow = false;           ///< arguments have 32 bits, in the low half
  std::vector<Call> calls = {};  ///< in the order of their numbers
  /// Calls with a number above this one fail with ENOSYS: they are newer than the profile.
  std::optional<std::uint32_t> horizon = {};

  [[nodiscard]] const Call* find(std::uint32_t number) const;
};

/// Numbers from here on are x32's (asm/unistd.h, only there on x86-64).
inline constexpr std::uint32_t kX32Bit = 0x40000000;

struct RuleSet {
  Action default_action = SECCOMP_RET_ALLOW;  ///< of calls without a rule that holds
  /// Of interfaces that are not listed. libseccomp's default.
  Action foreign = SECCOMP_RET_KILL_THREAD;
  std::uint32_t flags = 0;  ///< SECCOMP_FILTER_FLAG_* for loading
  std::vector<Interface> interfaces = {};

  /// By seccomp_data::arch and ::nr; a null pointer for an interface that is not listed.
  [[nodiscard]] const Interface* find(const seccomp_data& call) const;
  /// What the profile says to a call: the reference that compiled programs are held against.
  [[nodiscard]] Action verdict(const seccomp_data& call) const;
};

}  // namespace indexrun::confine
