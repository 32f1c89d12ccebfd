// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/builtin.h"

#include "confine/seccomp/check.h"
#include "filtered.h"

#include <cerrno>
#include <initializer_list>

#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kEperm = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kEnosys = SECCOMP_RET_ERRNO | ENOSYS;

std::uint32_t answer(std::string_view name, long number, std::uint64_t argument = 0) {
  seccomp_data call{};
  call.nr = static_cast<int>(number);
  call.arch = kNative;
  call.args[0] = argument;
  return evaluate(find_builtin(name)->program, call).value_or(0);
}

TEST(Builtin, ProgramsDoWhatTheirTextsSay) {
  ASSERT_EQ(builtins().size(), 2U);
  for (const Builtin& one : builtins()) {
    const auto rules = resolve_builtin(one);
    ASSERT_TRUE(rules) << rules.error().message();
    EXPECT_EQ(rules->interfaces.size(), all_interfaces().size()) << one.name;
    EXPECT_EQ(find_difference(one.program, *rules), std::nullopt) << one.name;
    EXPECT_EQ(builtin_filter(one).program.size(), one.program.size());
  }
}

TEST(Builtin, DefaultAllowsWhatProgramsNeed) {
  for (const long number :
       std::initializer_list<long>{SYS_read, SYS_openat, SYS_mmap, SYS_futex, SYS_execve, SYS_rseq,
                                   SYS_getrandom, SYS_statx, SYS_seccomp, 452L, 462L, 468L}) {
    EXPECT_EQ(answer("default", number), kAllow) << number;
  }
  for (const long number : std::initializer_list<long>{
           SYS_mount, SYS_bpf, SYS_unshare, SYS_setns, SYS_keyctl, SYS_init_module, SYS_reboot,
           SYS_perf_event_open, SYS_io_uring_setup, SYS_userfaultfd}) {
    EXPECT_EQ(answer("default", number), kEperm) << number;
  }
  EXPECT_EQ(answer("default", 600), kEnosys);
}

TEST(Builtin, BatchDeniesWhatNoBatchProgramNeeds) {
  for (const long number : std::initializer_list<long>{
           SYS_mount, SYS_bpf, SYS_setns, SYS_keyctl, SYS_init_module, SYS_ptrace, SYS_reboot,
           SYS_perf_event_open, SYS_io_uring_setup, SYS_userfaultfd}) {
    EXPECT_EQ(answer("batch", number), kEperm) << number;
  }
  EXPECT_EQ(answer("batch", SYS_read), kAllow);
  EXPECT_EQ(answer("batch", 600), kAllow);
}

TEST(Builtin, NamespacesAndSocketsAreDecidedByTheirArguments) {
  for (const char* name : {"default", "batch"}) {
    EXPECT_EQ(answer(name, SYS_clone, 0x003D0F00), kAllow) << name;
    EXPECT_EQ(answer(name, SYS_clone, 0x10000011), kEperm) << name;
    EXPECT_EQ(answer(name, SYS_clone, 0x40000000), kEperm) << name;
    EXPECT_EQ(answer(name, SYS_clone3), kEnosys) << name;
    EXPECT_EQ(answer(name, SYS_socket, 2), kAllow) << name;
    EXPECT_EQ(answer(name, SYS_socket, 38), kEperm) << name;
    EXPECT_EQ(answer(name, SYS_socket, 39), kAllow) << name;
    EXPECT_EQ(answer(name, SYS_socket, 40), kEperm) << name;
  }
  EXPECT_EQ(answer("default", SYS_personality, 0x20008), kAllow);
  EXPECT_EQ(answer("default", SYS_personality, 0x40000), kEperm);
}

TEST(Builtin, OthersAreNone) {
  EXPECT_EQ(find_builtin("docker"), nullptr);
  EXPECT_EQ(find_builtin(""), nullptr);
  EXPECT_EQ(find_builtin("./default"), nullptr);
}

}  // namespace
}  // namespace indexrun::confine
