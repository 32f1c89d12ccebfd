// SPDX-License-Identifier: Apache-2.0
// Says when something happened to it: at its start and for each signal it writes the time of
// CLOCK_MONOTONIC in nanoseconds, 8 bytes, to standard output. TERM is the last one, after which it
// ends. Without a libc, whose start would cost more than the launcher that is measured.
#include <asm/unistd.h>

void _start(void);

struct moment {
  long seconds;
  long nanoseconds;
};

static long call4(long number, long a, long b, long c, long d) {
#if defined(__x86_64__)
  long result = number;
  register long fourth __asm__("r10") = d;
  __asm__ volatile("syscall"
                   : "+a"(result)
                   : "D"(a), "S"(b), "d"(c), "r"(fourth)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
#else
#error "no system call known for this machine"
#endif
}

enum { kMonotonic = 1, kBlock = 0, kTerm = 15, kStdout = 1 };

static long now(void) {
  struct moment moment;
  call4(__NR_clock_gettime, kMonotonic, (long)&moment, 0, 0);
  return moment.seconds * 1000000000L + moment.nanoseconds;
}

static void say(long time) {
  call4(__NR_write, kStdout, (long)&time, sizeof time, 0);
}

#if defined(__x86_64__)
__attribute__((force_align_arg_pointer))
#endif
void _start(void) {
  long time = now();
  const unsigned long all = ~0UL;
  call4(__NR_rt_sigprocmask, kBlock, (long)&all, 0, sizeof all);
  say(time);
  long signal = 0;
  while (signal != kTerm) {
    signal = call4(__NR_rt_sigtimedwait, (long)&all, 0, 0, sizeof all);
    time = now();
    if (signal > 0) {
      say(time);
    }
  }
  for (;;) {
    call4(__NR_exit_group, 0, 0, 0, 0);
  }
}
