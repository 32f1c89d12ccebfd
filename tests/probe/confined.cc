// SPDX-License-Identifier: Apache-2.0
// Calls with arguments that no kernel accepts: an allowed one fails in its own way (EFAULT, EBADF,
// ENOENT...), a denied one with the filter's errno.
#include "verbs.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include <sys/syscall.h>
#include <unistd.h>

namespace probe {
namespace {

struct Call {
  const char* name;
  long number;
};

constexpr std::array kCalls{
    Call{"chown", SYS_fchownat},  Call{"fchmodat", SYS_fchmodat}, Call{"getppid", SYS_getppid},
    Call{"mkdirat", SYS_mkdirat}, Call{"mount", SYS_mount},       Call{"ptrace", SYS_ptrace},
    Call{"socket", SYS_socket},   Call{"unlinkat", SYS_unlinkat}, Call{"unshare", SYS_unshare},
    Call{"clone3", SYS_clone3},   Call{"keyctl", SYS_keyctl},     Call{"bpf", SYS_bpf},
};

void report(const char* name, long result, int error) {
  std::printf("%s %s\n", name, result >= 0 ? "OK" : strerrorname_np(error));
}

}  // namespace

int try_calls(Arguments names) {
  for (const char* name : names) {
    bool known = false;
    for (const Call& call : kCalls) {
      if (std::strcmp(call.name, name) == 0) {
        errno = 0;
        known = true;
        const long result = ::syscall(call.number, -1L, -1L, -1L, -1L, -1L, -1L);
        report(name, result, errno);
      }
    }
    if (!known) {
      std::printf("%s unknown\n", name);
    }
  }
  return 0;
}

/// NUMBER [ARG...]: one call, by number, with up to six arguments (the others are 0).
int call_by_number(Arguments arguments) {
  unsigned long values[7] = {};
  for (std::size_t i = 0; i < arguments.size() && i < std::size(values); ++i) {
    values[i] = std::strtoul(arguments[i], nullptr, 0);
  }
  errno = 0;
  const long result = ::syscall(static_cast<long>(values[0]), values[1], values[2], values[3],
                                values[4], values[5], values[6]);
  report(arguments.empty() ? "?" : arguments[0], result, errno);
  return 0;
}

/// Through int 0x80, by number: the i386 interface that an x86-64 filter may have forgotten.
int try_old_calls(Arguments numbers) {
#if defined(__x86_64__)
  for (const char* text : numbers) {
    long result = number(text);
    asm volatile("int $0x80"
                 : "+a"(result)
                 : "b"(1L), "c"(-1L), "d"(-1L), "S"(-1L), "D"(-1L)
                 : "memory", "r8", "r9", "r10", "r11");
    report(text, result, static_cast<int>(-result));
  }
  return 0;
#else
  static_cast<void>(numbers);
  return 77;
#endif
}

}  // namespace probe
