// SPDX-License-Identifier: Apache-2.0
#include "confine/held.h"

#include <cstdlib>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace indexrun::confine {

bool holds(int capability) {
  constexpr int kBits = 32;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {};
  return ::syscall(SYS_capget, &header, sets) == 0 &&
         (sets[capability / kBits].effective >> (capability % kBits) & 1U) != 0;
}

std::uint64_t bounding_set() {
  std::uint64_t set = 0;
  for (int capability = 0; capability <= CAP_LAST_CAP; ++capability) {
    // Fails for one that the kernel does not know.
    if (::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1) {
      set |= std::uint64_t{1} << capability;
    }
  }
  return set;
}

bool kernel_is_at_least(int major, int minor) {
  utsname name{};
  if (::uname(&name) != 0) {
    return false;
  }
  char* end = nullptr;
  const long first = std::strtol(name.release, &end, 10);
  const long second = *end == '.' ? std::strtol(end + 1, nullptr, 10) : 0;
  return first > major || (first == major && second >= minor);
}

}  // namespace indexrun::confine
