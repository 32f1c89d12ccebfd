// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp_check.h"

#include "confine/seccomp.h"

#include <cstddef>

#include <seccomp.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

DeniedCalls denied(std::uint32_t architecture, std::vector<int> numbers) {
  return {.architecture = architecture, .numbers = std::move(numbers)};
}

std::vector<sock_filter> compiled(const std::vector<std::string>& names) {
  auto filter = compile_deny_filter(names);
  EXPECT_TRUE(filter);
  return filter ? std::move(filter).value() : std::vector<sock_filter>();
}

TEST(FindDifference, AcceptsWhatMatches) {
  const auto filter = compiled({"getppid"});
  const DeniedCalls native = denied(seccomp_arch_native(), {SCMP_SYS(getppid)});
  EXPECT_EQ(find_difference(filter, {&native, 1}), std::nullopt);
}

TEST(FindDifference, FindsACallThatIsNotDenied) {
  const auto filter = compiled({"getppid"});
  const DeniedCalls native = denied(seccomp_arch_native(), {SCMP_SYS(getppid), SCMP_SYS(ptrace)});
  const auto difference = find_difference(filter, {&native, 1});
  ASSERT_TRUE(difference);
  EXPECT_THAT(*difference, HasSubstr("not be denied"));
}

TEST(FindDifference, FindsACallThatIsDeniedUnasked) {
  const auto filter = compiled({"getppid", "ptrace"});
  const DeniedCalls native = denied(seccomp_arch_native(), {SCMP_SYS(getppid)});
  const auto difference = find_difference(filter, {&native, 1});
  ASSERT_TRUE(difference);
  EXPECT_THAT(*difference, HasSubstr("not be allowed"));
}

TEST(FindDifference, FindsAnInterfaceThatWasForgotten) {
  const std::vector<sock_filter> native_only{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SCMP_ARCH_X86_64, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 101, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const DeniedCalls native = denied(SCMP_ARCH_X86_64, {101});
  const DeniedCalls old = denied(SCMP_ARCH_X86, {26});
  EXPECT_EQ(find_difference(native_only, {&native, 1}), std::nullopt);
  EXPECT_TRUE(find_difference(native_only, {&old, 1}));
}

TEST(FindDifference, FindsAMultiplexedCallThatWasForgotten) {
  const std::vector<sock_filter> direct_only{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 359, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const DeniedCalls socket = denied(SCMP_ARCH_X86, {-101});
  EXPECT_TRUE(find_difference(direct_only, {&socket, 1}));
}

TEST(FindDifference, RejectsAProgramThatItCannotRead) {
  const DeniedCalls native = denied(seccomp_arch_native(), {});
  EXPECT_TRUE(find_difference({}, {&native, 1}));
}

}  // namespace
}  // namespace indexrun::confine
