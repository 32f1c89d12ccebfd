// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/filters.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/groups.h"

#include <cerrno>

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

constexpr std::uint32_t kDeny = SECCOMP_RET_ERRNO | EPERM;

std::uint32_t answer(const std::vector<sock_filter>& filter, std::uint32_t architecture,
                     long number, std::uint64_t argument = 0) {
  seccomp_data call{};
  call.nr = static_cast<int>(number);
  call.arch = architecture;
  call.args[0] = argument;
  return evaluate(filter, call).value_or(0);
}

/// The one filter of a deny list.
Result<std::vector<sock_filter>> compile_deny_filter(const std::vector<std::string>& words) {
  TRY(std::vector<Filter> filters, prepare_filters({.seccomp_deny = words}, 0));
  return std::move(filters.at(0).program);
}

#if defined(__x86_64__)
TEST(CompileDenyFilter, DeniesOnEveryInterface) {
  const auto filter = compile_deny_filter({"ptrace", "mkdir", "socket", "shmget"});
  ASSERT_TRUE(filter) << filter.error().message();
  constexpr long kX32 = 0x40000000;
  struct Row {
    std::uint32_t architecture;
    long number;
    std::uint64_t argument;
    std::uint32_t expected;
    const char* what;
  };
  const Row rows[] = {
      {AUDIT_ARCH_X86_64, SYS_ptrace, 0, kDeny, "native ptrace"},
      {AUDIT_ARCH_X86_64, SYS_mkdir, 0, kDeny, "native mkdir"},
      {AUDIT_ARCH_X86_64, SYS_getpid, 0, SECCOMP_RET_ALLOW, "native getpid"},
      {AUDIT_ARCH_X86_64, kX32 | 521, 0, kDeny, "x32 ptrace"},
      {AUDIT_ARCH_X86_64, kX32 | SYS_mkdir, 0, kDeny, "x32 mkdir"},
      {AUDIT_ARCH_X86_64, kX32 | SYS_getpid, 0, SECCOMP_RET_ALLOW, "x32 getpid"},
      {AUDIT_ARCH_I386, 26, 0, kDeny, "i386 ptrace"},
      {AUDIT_ARCH_I386, 39, 0, kDeny, "i386 mkdir"},
      {AUDIT_ARCH_I386, 20, 0, SECCOMP_RET_ALLOW, "i386 getpid"},
      {AUDIT_ARCH_I386, 359, 0, kDeny, "i386 socket"},
      {AUDIT_ARCH_I386, 102, 1, kDeny, "i386 socketcall(SYS_SOCKET)"},
      {AUDIT_ARCH_I386, 102, 2, SECCOMP_RET_ALLOW, "i386 socketcall(SYS_BIND)"},
      {AUDIT_ARCH_I386, 117, 23, kDeny, "i386 ipc(SHMGET)"},
      {AUDIT_ARCH_I386, 117, 0x10017, kDeny, "i386 ipc(SHMGET), another version of the call"},
      {AUDIT_ARCH_I386, 395, 0, kDeny, "i386 shmget"},
      {AUDIT_ARCH_I386, 117, 24, SECCOMP_RET_ALLOW, "i386 ipc(SHMCTL)"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(answer(*filter, row.architecture, row.number, row.argument), row.expected)
        << row.what;
  }
}
#endif

TEST(CompileDenyFilter, TakesCallsThatOnlyOtherMachinesHave) {
  EXPECT_TRUE(compile_deny_filter({"s390_pci_mmio_read"}));
}

TEST(CompileDenyFilter, TakesCallsThatLibseccompDoesNotKnow) {
  const auto filter = compile_deny_filter({"mseal", "statmount", "uretprobe"});
  ASSERT_TRUE(filter) << filter.error().message();
  EXPECT_EQ(answer(*filter, AUDIT_ARCH_X86_64, 462), kDeny);
  EXPECT_EQ(answer(*filter, AUDIT_ARCH_I386, 462), kDeny);
  EXPECT_EQ(answer(*filter, AUDIT_ARCH_X86_64, 0x40000000 | 462), kDeny);
  EXPECT_EQ(answer(*filter, AUDIT_ARCH_X86_64, 335), kDeny);
  EXPECT_EQ(answer(*filter, AUDIT_ARCH_X86_64, 463), SECCOMP_RET_ALLOW);
}

TEST(CompileDenyFilter, KnowsEveryGroup) {
  for (const CallGroup& group : call_groups()) {
    const auto filter = compile_deny_filter({std::string(group.name)});
    EXPECT_TRUE(filter) << filter.error().message() << filter.error().hint;
    EXPECT_FALSE(group.about.empty());
  }
}

TEST(CompileDenyFilter, LooksAtTheFlagsOfNewNamespaces) {
  const auto users = compile_deny_filter({"@userns"});
  const auto all = compile_deny_filter({"@namespaces"});
  ASSERT_TRUE(users && all);
  constexpr std::uint64_t kThread = 0x003D0F00;
  struct Row {
    long number;
    std::uint64_t flags;
    std::uint32_t users;
    std::uint32_t all;
  };
  constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
  const Row rows[] = {
      {SYS_clone, kThread, kAllow, kAllow},
      {SYS_clone, 0x10000011, kDeny, kDeny},
      {SYS_clone, 0x50000011, kDeny, kDeny},
      {SYS_clone, 0x00020011, kAllow, kDeny},
      {SYS_clone, 0x80, kAllow, kAllow},
      {SYS_unshare, 0x400, kAllow, kAllow},
      {SYS_unshare, 0x10000000, kDeny, kDeny},
      {SYS_unshare, 0xFFFFFFFF10000000, kDeny, kDeny},
      {SYS_unshare, 0x80, kAllow, kDeny},
      {SYS_unshare, 0x40000000, kAllow, kDeny},
      {SYS_clone3, 0, SECCOMP_RET_ERRNO | ENOSYS, SECCOMP_RET_ERRNO | ENOSYS},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(answer(*users, AUDIT_ARCH_X86_64, row.number, row.flags), row.users) << row.flags;
    EXPECT_EQ(answer(*all, AUDIT_ARCH_X86_64, row.number, row.flags), row.all) << row.flags;
  }
}

TEST(CompileDenyFilter, RefusesAnUnknownGroupAndListsThem) {
  const auto filter = compile_deny_filter({"@mont"});
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().failure, Failure::kConfig);
  EXPECT_THAT(filter.error().hint, HasSubstr("'@mount'"));
  EXPECT_THAT(filter.error().hint, HasSubstr("@keyring, @memlock"));
}

TEST(CompileDenyFilter, TakesANameTwice) {
  EXPECT_TRUE(compile_deny_filter({"bpf", "bpf"}));
}

TEST(CompileDenyFilter, RefusesAnUnknownNameAndOffersTheNearest) {
  const auto filter = compile_deny_filter({"ptrace", "unlinkta"});
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().failure, Failure::kConfig);
  EXPECT_THAT(filter.error().problem, HasSubstr("unlinkta"));
  EXPECT_THAT(filter.error().hint, HasSubstr("unlinkat"));
}

TEST(CompileDenyFilter, RefusesToCutItsOwnThroat) {
  for (const char* name : {"execve", "write", "exit_group"}) {
    const auto filter = compile_deny_filter({name});
    ASSERT_FALSE(filter) << name;
    EXPECT_EQ(filter.error().failure, Failure::kConfig) << name;
  }
}

TEST(CompileDenyFilter, RefusesEmptyNames) {
  const auto filter = compile_deny_filter({""});
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().failure, Failure::kConfig);
}

}  // namespace
}  // namespace indexrun::confine
