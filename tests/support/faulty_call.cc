// SPDX-License-Identifier: Apache-2.0
#include "support/faulty_call.h"

#include <cstddef>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

sock_filter give(std::uint32_t action) {
  return BPF_STMT(BPF_RET | BPF_K, action);
}

/// The low word of an argument, on a little-endian machine.
std::size_t argument(std::size_t number) {
  return offsetof(seccomp_data, args) + number * sizeof(std::uint64_t);
}

std::vector<sock_filter> program(const FaultyCall& call) {
  std::vector<sock_filter> code{
      load(offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call.number), 1, 0),
      give(SECCOMP_RET_ALLOW)};
  if (call.first_argument) {
    code.push_back(load(argument(0)));
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, *call.first_argument, 1, 0));
    code.push_back(give(SECCOMP_RET_ALLOW));
  }
  if (call.only_with_third) {
    code.push_back(load(argument(2)));
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1));
    code.push_back(give(SECCOMP_RET_ALLOW));
  }
  code.push_back(give(SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(call.error)));
  return code;
}

}  // namespace

bool make_faulty(const FaultyCall& call) {
  std::vector<sock_filter> code = program(call);
  sock_fprog filter{static_cast<unsigned short>(code.size()), code.data()};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0) {
    return true;
  }
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

}  // namespace indexrun::test
