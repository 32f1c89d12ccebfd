// SPDX-License-Identifier: Apache-2.0
// What a program was limited to.
#include "verbs.h"

#include <array>
#include <cstdio>
#include <cstring>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace probe {
namespace {

struct Limit {
  const char* name;
  int resource;
};

constexpr std::array kLimits{
    Limit{"as", RLIMIT_AS},         Limit{"core", RLIMIT_CORE},     Limit{"cpu", RLIMIT_CPU},
    Limit{"fsize", RLIMIT_FSIZE},   Limit{"nofile", RLIMIT_NOFILE}, Limit{"nproc", RLIMIT_NPROC},
    Limit{"rttime", RLIMIT_RTTIME}, Limit{"stack", RLIMIT_STACK},
};

}  // namespace

/// "SOFT HARD" for each name.
int print_limit(Arguments names) {
  for (const char* name : names) {
    for (const Limit& limit : kLimits) {
      rlimit64 now{};
      if (std::strcmp(limit.name, name) == 0 &&
          ::getrlimit64(static_cast<__rlimit_resource>(limit.resource), &now) == 0) {
        std::printf("%llu %llu\n", static_cast<unsigned long long>(now.rlim_cur),
                    static_cast<unsigned long long>(now.rlim_max));
      }
    }
  }
  return 0;
}

/// In hexadecimal.
int print_securebits(Arguments) {
  std::printf("%x\n", static_cast<unsigned>(::prctl(PR_GET_SECUREBITS, 0, 0, 0, 0)));
  return 0;
}

}  // namespace probe
