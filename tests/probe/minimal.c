// SPDX-License-Identifier: Apache-2.0
// The least that a program can be: it writes "ran" and ends with 7, by two system calls and without
// a C library. For filters that allow nothing else.
#include <sys/syscall.h>

static long call(long number, long a, long b, long c) {
  long result;
#if defined(__x86_64__)
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  result = x0;
#endif
  return result;
}

__attribute__((noreturn, used)) void _start(void) {
  call(SYS_write, 1, (long)"ran\n", 4);
  call(SYS_exit_group, 7, 0, 0);
  __builtin_unreachable();
}
