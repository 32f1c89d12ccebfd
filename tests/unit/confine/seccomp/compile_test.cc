// SPDX-License-Identifier: Apache-2.0
// Rule sets for which libseccomp 2.5 is known to fail, and what becomes of them.
#include "confine/seccomp/compile.h"

#include "filtered.h"

#include <cerrno>

#include <sys/syscall.h>
#include <sys/wait.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::uint32_t kDeny = SECCOMP_RET_ERRNO | EPERM;

std::string rule(std::string_view conditions) {
  return std::string(R"({"names":["kill"],"action":"SCMP_ACT_ERRNO","args":[)")
      .append(conditions)
      .append("]}");
}

std::string condition(unsigned index, std::string_view op, std::uint64_t value) {
  return R"({"index":)" + std::to_string(index) + R"(,"op":"SCMP_CMP_)" + std::string(op) +
         R"(","value":)" + std::to_string(value) + "}";
}

/// Either a newer libseccomp gets it right, or nothing is made of it.
TEST(Compile, RefusesARuleSetThatLibseccompCompilesWrongly) {
  const std::string text =
      profile_of(rule(condition(0, "EQ", 0)) + "," +
                 rule(condition(0, "NE", 0x27) + "," + condition(1, "LE", 0x27)));
  const auto compiled = compile_text(text);
  if (compiled) {
    EXPECT_EQ(compiled->answer(SYS_kill, {0, 0x28}), kDeny);
    return;
  }
  EXPECT_EQ(compiled.error().failure, Failure::kConfine);
  EXPECT_THAT(compiled.error().problem,
              HasSubstr("the filter that libseccomp made is refused: kill"));
  EXPECT_THAT(compiled.error().hint, HasSubstr("fewer conditions"));
}

/// libseccomp 2.5.4 compares the third argument with a value that only the first one has: no
/// value from the rules of that argument shows it.
TEST(Compile, RefusesAFilterThatMixesUpTwoArguments) {
  const std::string text =
      profile_of(rule(condition(0, "LT", 0x7FFFFFFF)) + "," + rule(condition(0, "GT", 0x7FFFFFFF)) +
                 "," + rule(condition(0, "LE", 1) + "," + condition(2, "LT", 0)));
  const auto compiled = compile_text(text);
  if (compiled) {
    EXPECT_EQ(compiled->answer(SYS_kill, {1, 0, 0x7FFFFFFF}), kDeny);
    return;
  }
  EXPECT_THAT(compiled.error().problem, HasSubstr("is refused: kill of "));
}

TEST(Compile, EndsWhereLibseccompDoesNot) {
  const std::string text =
      profile_of(rule(condition(0, "LE", 0x27) + "," + condition(1, "LE", 0xFFFF) + "," +
                      condition(2, "GE", 0x28)) +
                 "," + rule(condition(0, "LE", 0x27) + "," + condition(1, "EQ", 0x28)));
  const auto compiled = compile_text(text, kAnyKernel, {.cpu_seconds = 1});
  if (compiled) {
    EXPECT_EQ(compiled->answer(SYS_kill, {0, 0x28}), kDeny);
    return;
  }
  EXPECT_EQ(compiled.error().failure, Failure::kConfine);
  EXPECT_THAT(compiled.error().problem,
              AnyOf(HasSubstr("did not come to an end"),
                    HasSubstr("the filter that libseccomp made is refused")));
}

TEST(Compile, EndsAtTheWallToo) {
  const std::string text =
      profile_of(rule(condition(0, "LE", 0x27) + "," + condition(1, "LE", 0xFFFF) + "," +
                      condition(2, "GE", 0x28)) +
                 "," + rule(condition(0, "LE", 0x27) + "," + condition(1, "EQ", 0x28)));
  const auto compiled =
      compile_text(text, kAnyKernel, {.cpu_seconds = 100, .wall = Milliseconds(200)});
  EXPECT_TRUE(compiled || compiled.error().failure == Failure::kConfine);
}

TEST(Compile, LeavesNoProcessBehind) {
  ASSERT_TRUE(compile_text(profile_of(rule(condition(0, "EQ", 1)))));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG | __WALL), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Compile, RefusesMoreInstructionsThanTheKernelTakes) {
  std::string entries;
  for (int value = 0; value < 1500; ++value) {
    entries.append(value == 0 ? "" : ",")
        .append(rule(condition(0, "EQ", static_cast<std::uint64_t>(value) << 33)));
  }
  const auto compiled = compile_text(profile_of(entries));
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().failure, Failure::kConfig) << compiled.error().message();
  EXPECT_THAT(compiled.error().problem, HasSubstr("expected at most 4096"));
}

TEST(Compile, RefusesWhatCannotBeChecked) {
  std::string entries;
  for (unsigned bit = 0; bit < 20; ++bit) {
    const std::string value = std::to_string(std::uint64_t{1} << bit);
    entries.append(bit == 0 ? "" : ",")
        .append(rule(R"({"index":0,"op":"SCMP_CMP_MASKED_EQ","value":)" + value +
                     R"(,"valueTwo":)" + value + "}"));
  }
  const auto compiled = compile_text(profile_of(entries));
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().failure, Failure::kConfine);
  EXPECT_THAT(compiled.error().problem, HasSubstr("kill: its conditions make more cases"));
}

TEST(Compile, ConditionsOfCallsThatLibseccompDoesNotKnow) {
  const auto compiled = compile_text(
      R"({"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86","SCMP_ARCH_X32"],
          "syscalls":[
            {"names":["mseal"],"action":"SCMP_ACT_ERRNO","args":[
              {"index":0,"op":"SCMP_CMP_GT","value":4294967296},
              {"index":1,"op":"SCMP_CMP_LE","value":5},
              {"index":2,"op":"SCMP_CMP_NE","value":7},
              {"index":3,"op":"SCMP_CMP_MASKED_EQ","value":12884901891,"valueTwo":4294967297}]},
            {"names":["mseal"],"action":"SCMP_ACT_KILL_PROCESS","args":[
              {"index":0,"op":"SCMP_CMP_LT","value":2},
              {"index":1,"op":"SCMP_CMP_GE","value":4294967295},
              {"index":2,"op":"SCMP_CMP_EQ","value":18446744073709551615}]}]})");
  ASSERT_TRUE(compiled) << compiled.error().message();
  constexpr std::uint64_t kMask = 0x100000001;
  constexpr std::uint64_t kMost = ~std::uint64_t{0};
  EXPECT_EQ(compiled->answer(462, {0x100000001, 5, 8, kMask}), kDeny);
  EXPECT_EQ(compiled->answer(462, {0x100000000, 5, 8, kMask}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(compiled->answer(462, {0x100000001, 6, 8, kMask}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(compiled->answer(462, {0x100000001, 5, 7, kMask}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(compiled->answer(462, {0x100000001, 5, 8, 1}), SECCOMP_RET_ALLOW);
  EXPECT_EQ(compiled->answer(462, {1, 0xFFFFFFFF, kMost}), SECCOMP_RET_KILL_PROCESS);
  EXPECT_EQ(compiled->answer(462, {1, 0xFFFFFFFE, kMost}), SECCOMP_RET_ALLOW);
}

}  // namespace
}  // namespace indexrun::confine
