// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp_check.h"

#include "confine/bpf.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>

namespace indexrun::confine {
namespace {

constexpr std::uint32_t kDeny = SECCOMP_RET_ERRNO | EPERM;
constexpr int kLastNumber = 575;       // beyond every table, x32's own numbers included
constexpr int kX32Bit = 0x40000000;    // asm/unistd.h, only there on x86-64
constexpr int kSocketCallBase = -100;  // libseccomp numbers socketcall's call n as -100 - n
constexpr int kIpcBase = -200;         // and ipc's as -200 - n
constexpr int kLastMultiplexed = 24;

bool contains(const std::vector<int>& numbers, int number) {
  return std::binary_search(numbers.begin(), numbers.end(), number);
}

/// seccomp_data::arch: x32 calls arrive as x86-64 with a bit in the number.
std::uint32_t audit_architecture(std::uint32_t architecture) {
  return architecture == SCMP_ARCH_X32 ? AUDIT_ARCH_X86_64 : architecture;
}

class Examination {
 public:
  Examination(std::span<const sock_filter> filter, const DeniedCalls& interface)
      : filter_(filter), denied_(interface), numbers_(interface.numbers) {
    std::sort(numbers_.begin(), numbers_.end());
  }

  std::optional<std::string> run() {
    const int base = denied_.architecture == SCMP_ARCH_X32 ? kX32Bit : 0;
    for (int number = base; number <= base + kLastNumber; ++number) {
      if (!multiplexed(number)) {
        ask(number, 0, contains(numbers_, canonical(number)));
      }
    }
    for (const int number : numbers_) {
      if (number >= 0) {
        ask(number, 0, true);
      }
    }
    if (denied_.architecture == SCMP_ARCH_X86) {
      ask_multiplexer(socketcall_, kSocketCallBase);
      ask_multiplexer(ipc_, kIpcBase);
    }
    return difference_;
  }

 private:
  [[nodiscard]] bool multiplexed(int number) const {
    return denied_.architecture == SCMP_ARCH_X86 && (number == socketcall_ || number == ipc_);
  }

  /// The multiplexed calls of i386 that later got numbers of their own (socket, shmget...):
  /// libseccomp knows them by the negative number.
  [[nodiscard]] int canonical(int number) const {
    constexpr int kFirstDirect = 359;
    constexpr int kLastDirect = 402;
    if (denied_.architecture != SCMP_ARCH_X86 || number < kFirstDirect || number > kLastDirect) {
      return number;
    }
    char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86, number);
    if (name == nullptr) {
      return number;
    }
    const int known_as = seccomp_syscall_resolve_name_arch(SCMP_ARCH_X86, name);
    std::free(name);
    return known_as;
  }

  void ask_multiplexer(int number, int base) {
    for (int call = 0; call <= kLastMultiplexed; ++call) {
      const bool deny = contains(numbers_, number) || contains(numbers_, base - call);
      ask(number, static_cast<std::uint64_t>(call), deny);
    }
  }

  void ask(int number, std::uint64_t argument, bool deny) {
    seccomp_data call{};
    call.nr = number;
    call.arch = audit_architecture(denied_.architecture);
    call.args[0] = argument;
    const auto answer = evaluate(filter_, call);
    const std::uint32_t expected = deny ? kDeny : SECCOMP_RET_ALLOW;
    if ((!answer || *answer != expected) && !difference_) {
      difference_ = "call " + std::to_string(number) + " of interface " +
                    std::to_string(denied_.architecture) + " would not be " +
                    (deny ? "denied" : "allowed");
    }
  }

  std::span<const sock_filter> filter_;
  const DeniedCalls& denied_;
  std::vector<int> numbers_;
  int socketcall_ = seccomp_syscall_resolve_name_arch(SCMP_ARCH_X86, "socketcall");
  int ipc_ = seccomp_syscall_resolve_name_arch(SCMP_ARCH_X86, "ipc");
  std::optional<std::string> difference_;
};

}  // namespace

std::optional<std::string> find_difference(std::span<const sock_filter> filter,
                                           std::span<const DeniedCalls> interfaces) {
  for (const DeniedCalls& interface : interfaces) {
    if (auto difference = Examination(filter, interface).run()) {
      return difference;
    }
  }
  return std::nullopt;
}

}  // namespace indexrun::confine
