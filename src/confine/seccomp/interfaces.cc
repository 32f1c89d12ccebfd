// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/interfaces.h"

#include "base/near_miss.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>

#include <linux/audit.h>
#include <seccomp.h>

namespace indexrun::confine {
namespace {

struct Architecture {
  std::string_view name;
  std::string_view word;
  std::uint32_t token;
};

/// runtime-spec (config-linux.md) and libseccomp's seccomp_arch_resolve_name(3). LoongArch is not
/// in the headers of libseccomp 2.5; its token is that of linux/audit.h.
constexpr std::array kArchitectures{
    Architecture{"SCMP_ARCH_NATIVE", "", SCMP_ARCH_NATIVE},
    Architecture{"SCMP_ARCH_X86", "x86", SCMP_ARCH_X86},
    Architecture{"SCMP_ARCH_X86_64", "amd64", SCMP_ARCH_X86_64},
    Architecture{"SCMP_ARCH_X32", "x32", SCMP_ARCH_X32},
    Architecture{"SCMP_ARCH_ARM", "arm", SCMP_ARCH_ARM},
    Architecture{"SCMP_ARCH_AARCH64", "arm64", SCMP_ARCH_AARCH64},
    Architecture{"SCMP_ARCH_MIPS", "mips", SCMP_ARCH_MIPS},
    Architecture{"SCMP_ARCH_MIPS64", "mips64", SCMP_ARCH_MIPS64},
    Architecture{"SCMP_ARCH_MIPS64N32", "mips64n32", SCMP_ARCH_MIPS64N32},
    Architecture{"SCMP_ARCH_MIPSEL", "mipsel", SCMP_ARCH_MIPSEL},
    Architecture{"SCMP_ARCH_MIPSEL64", "mipsel64", SCMP_ARCH_MIPSEL64},
    Architecture{"SCMP_ARCH_MIPSEL64N32", "mipsel64n32", SCMP_ARCH_MIPSEL64N32},
    Architecture{"SCMP_ARCH_PPC", "ppc", SCMP_ARCH_PPC},
    Architecture{"SCMP_ARCH_PPC64", "ppc64", SCMP_ARCH_PPC64},
    Architecture{"SCMP_ARCH_PPC64LE", "ppc64le", SCMP_ARCH_PPC64LE},
    Architecture{"SCMP_ARCH_S390", "s390", SCMP_ARCH_S390},
    Architecture{"SCMP_ARCH_S390X", "s390x", SCMP_ARCH_S390X},
    Architecture{"SCMP_ARCH_PARISC", "parisc", SCMP_ARCH_PARISC},
    Architecture{"SCMP_ARCH_PARISC64", "parisc64", SCMP_ARCH_PARISC64},
    Architecture{"SCMP_ARCH_RISCV64", "riscv64", SCMP_ARCH_RISCV64},
    Architecture{"SCMP_ARCH_LOONGARCH64", "loongarch64", 0xC0000102},
    Architecture{"SCMP_ARCH_M68K", "m68k", 0x00000004},
    Architecture{"SCMP_ARCH_SH", "sh", 0x4000002A},
    Architecture{"SCMP_ARCH_SHEB", "sheb", 0x0000002A},
};

/// Calls that libseccomp 2.5 has no name for. The architectures number new calls alike (Linux,
/// scripts/syscall.tbl and arch/x86/entry/syscalls); x32 adds its bit.
struct NewCall {
  std::string_view name;
  std::uint32_t number;
  bool x86_64_only;
};
constexpr std::array kNewCalls{
    NewCall{"uretprobe", 335, true},
    NewCall{"uprobe", 336, true},
    NewCall{"pidfd_send_signal", 424, false},
    NewCall{"futex_waitv", 449, false},
    NewCall{"set_mempolicy_home_node", 450, false},
    NewCall{"cachestat", 451, false},
    NewCall{"fchmodat2", 452, false},
    NewCall{"futex_wake", 454, false},
    NewCall{"futex_wait", 455, false},
    NewCall{"futex_requeue", 456, false},
    NewCall{"statmount", 457, false},
    NewCall{"listmount", 458, false},
    NewCall{"lsm_get_self_attr", 459, false},
    NewCall{"lsm_set_self_attr", 460, false},
    NewCall{"lsm_list_modules", 461, false},
    NewCall{"mseal", 462, false},
    NewCall{"setxattrat", 463, false},
    NewCall{"getxattrat", 464, false},
    NewCall{"listxattrat", 465, false},
    NewCall{"removexattrat", 466, false},
    NewCall{"open_tree_attr", 467, false},
    NewCall{"file_getattr", 468, false},
    NewCall{"file_setattr", 469, false},
    NewCall{"listns", 470, false},
};

/// Calls of other machines only that libseccomp 2.5 has no name for.
constexpr std::array<std::string_view, 2> kElsewhere{"riscv_hwprobe", "riscv_flush_icache"};

const NewCall* find_new(std::string_view name) {
  for (const NewCall& call : kNewCalls) {
    if (call.name == name) {
      return &call;
    }
  }
  return nullptr;
}

/// Whether the interface numbers the new calls as all do.
bool numbers_alike(const Interface& interface) {
  switch (interface.token) {
    case SCMP_ARCH_X86_64:
    case SCMP_ARCH_X86:
    case SCMP_ARCH_X32:
    case SCMP_ARCH_ARM:
    case SCMP_ARCH_AARCH64:
    case SCMP_ARCH_PPC64:
    case SCMP_ARCH_PPC64LE:
    case SCMP_ARCH_S390X:
    case SCMP_ARCH_RISCV64:
      return true;
    default:
      return false;
  }
}

Interface make(std::string_view name, std::uint32_t token) {
  constexpr std::uint32_t k64Bit = 0x80000000;  // __AUDIT_ARCH_64BIT, linux/audit.h
  const bool x32 = token == SCMP_ARCH_X32;
  return Interface{.name = name,
                   .token = token,
                   .audit = x32 ? AUDIT_ARCH_X86_64 : token,
                   .x32 = x32,
                   .narrow = !x32 && (token & k64Bit) == 0};
}

/// Calls of i386 that went through socketcall(2) or ipc(2) before they got a number of their own
/// (Linux 2.6.33, 4.3 and 5.1).
struct Direct {
  std::string_view name;
  std::uint32_t number;
};
constexpr std::array kDirect{
    Direct{"recvmmsg", 337},   Direct{"sendmmsg", 345},    Direct{"socket", 359},
    Direct{"socketpair", 360}, Direct{"bind", 361},        Direct{"connect", 362},
    Direct{"listen", 363},     Direct{"accept4", 364},     Direct{"getsockopt", 365},
    Direct{"setsockopt", 366}, Direct{"getsockname", 367}, Direct{"getpeername", 368},
    Direct{"sendto", 369},     Direct{"sendmsg", 370},     Direct{"recvfrom", 371},
    Direct{"recvmsg", 372},    Direct{"shutdown", 373},    Direct{"semget", 393},
    Direct{"semctl", 394},     Direct{"shmget", 395},      Direct{"shmctl", 396},
    Direct{"shmat", 397},      Direct{"shmdt", 398},       Direct{"msgget", 399},
    Direct{"msgsnd", 400},     Direct{"msgrcv", 401},      Direct{"msgctl", 402},
};

/// libseccomp knows the multiplexed calls by a negative number.
Numbers multiplexed(const std::string& name, int known_as) {
  constexpr int kSocketBase = -100;
  constexpr int kIpcBase = -200;
  Numbers numbers;
  numbers.named = true;
  const bool socket = known_as > kIpcBase;
  numbers.multiplexer = socket ? kSocketCall : kIpc;
  numbers.selector = static_cast<std::uint32_t>((socket ? kSocketBase : kIpcBase) - known_as);
  const auto direct = std::ranges::find(kDirect, name, &Direct::name);
  if (direct != kDirect.end()) {
    numbers.direct = direct->number;
  }
  return numbers;
}

bool is_multiplexed(int known_as) {
  return (known_as <= -101 && known_as >= -120) || (known_as <= -201 && known_as >= -224);
}

}  // namespace

std::vector<Interface> all_interfaces() {
  const std::uint32_t native = seccomp_arch_native();
  switch (native) {
    case SCMP_ARCH_X86_64:
      return {make("x86_64", native), make("x86", SCMP_ARCH_X86), make("x32", SCMP_ARCH_X32)};
    case SCMP_ARCH_AARCH64:
      return {make("aarch64", native), make("arm", SCMP_ARCH_ARM)};
    default:
      return {make(native_word(), native)};
  }
}

std::optional<std::uint32_t> find_architecture(std::string_view name) {
  for (const Architecture& one : kArchitectures) {
    if (one.name == name) {
      return one.token == SCMP_ARCH_NATIVE ? seccomp_arch_native() : one.token;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> architecture_names() {
  std::vector<std::string_view> names;
  for (const Architecture& one : kArchitectures) {
    names.push_back(one.name);
  }
  return names;
}

std::string_view native_word() {
  const std::uint32_t native = seccomp_arch_native();
  for (const Architecture& one : kArchitectures) {
    if (one.token == native) {
      return one.word;
    }
  }
  return "native";
}

std::vector<std::string_view> architecture_words() {
  std::vector<std::string_view> words;
  for (const Architecture& one : kArchitectures) {
    if (!one.word.empty()) {
      words.push_back(one.word);
    }
  }
  return words;
}

Numbers numbers_of(const Interface& interface, const std::string& name) {
  const int number = seccomp_syscall_resolve_name_arch(interface.token, name.c_str());
  if (number >= 0) {
    return {.direct = static_cast<std::uint32_t>(number), .multiplexer = {}, .named = true};
  }
  if (number == __NR_SCMP_ERROR) {
    const NewCall* call = find_new(name);
    const bool here = call != nullptr && (call->x86_64_only ? interface.token == SCMP_ARCH_X86_64
                                                            : numbers_alike(interface));
    return here ? Numbers{.direct = call->number | (interface.x32 ? kX32Bit : 0), .multiplexer = {}}
                : Numbers{};
  }
  if (interface.token == SCMP_ARCH_X86 && is_multiplexed(number)) {
    return multiplexed(name, number);
  }
  return {};
}

bool is_system_call(const std::string& name) {
  if (seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR || find_new(name) != nullptr) {
    return true;
  }
  for (const std::string_view call : kElsewhere) {
    if (call == name) {
      return true;
    }
  }
  return false;
}

std::optional<std::string> near_system_call(const std::string& name) {
  constexpr std::uint32_t kNumbers = 512;
  std::vector<std::string> known;
  for (const Interface& interface : all_interfaces()) {
    for (std::uint32_t number = 0; number < kNumbers; ++number) {
      const std::uint32_t bit = interface.x32 ? kX32Bit : 0;
      if (std::string text = name_of_call(interface, number | bit); !text.empty()) {
        known.push_back(std::move(text));
      }
    }
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const auto near = near_miss(name, candidates);
  return near ? std::optional<std::string>(*near) : std::nullopt;
}

std::string name_of_call(const Interface& interface, std::uint32_t number) {
  if (char* text = seccomp_syscall_resolve_num_arch(interface.token, static_cast<int>(number))) {
    std::string name(text);
    std::free(text);
    return name;
  }
  for (const NewCall& call : kNewCalls) {
    const bool here =
        call.x86_64_only ? interface.token == SCMP_ARCH_X86_64 : numbers_alike(interface);
    if (here && call.number == (number & ~(interface.x32 ? kX32Bit : 0))) {
      return std::string(call.name);
    }
  }
  return {};
}

}  // namespace indexrun::confine
