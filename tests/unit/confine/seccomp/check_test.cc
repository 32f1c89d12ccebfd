// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/check.h"

#include "confine/seccomp/interfaces.h"
#include "filtered.h"

#include <cerrno>
#include <cstddef>

#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

constexpr Action kDeny = SECCOMP_RET_ERRNO | EPERM;

Compiled compiled(std::string_view entries) {
  auto result = compile_text(profile_of(entries));
  EXPECT_TRUE(result) << result.error().message();
  return result ? std::move(result).value() : Compiled{};
}

constexpr std::string_view kPair = R"({"names":["getppid","ptrace"],"action":"SCMP_ACT_ERRNO"})";

TEST(FindDifference, AcceptsWhatMatches) {
  const Compiled pair = compiled(kPair);
  EXPECT_EQ(find_difference(pair.program, pair.rules), std::nullopt);
}

TEST(FindDifference, FindsACallThatIsNotDenied) {
  Compiled pair = compiled(kPair);
  pair.rules.interfaces[0].calls.push_back({SYS_mount, "mount", {{kDeny}}});
  std::ranges::sort(pair.rules.interfaces[0].calls, {}, &Call::number);
  EXPECT_THAT(find_difference(pair.program, pair.rules),
              Optional(HasSubstr("mount of x86_64 (0x0, 0x0, 0x0, 0x0, 0x0, 0x0) would get ALLOW, "
                                 "expected ERRNO 1 (EPERM)")));
}

TEST(FindDifference, FindsACallThatIsDeniedUnasked) {
  Compiled pair = compiled(kPair);
  pair.rules.interfaces[0].calls.pop_back();
  EXPECT_THAT(find_difference(pair.program, pair.rules), Optional(HasSubstr("expected ALLOW")));
}

TEST(FindDifference, FindsAnInterfaceThatWasForgotten) {
  Compiled pair = compiled(kPair);
  pair.rules.interfaces = all_interfaces();
  pair.rules.interfaces[0].calls = compiled(kPair).rules.interfaces[0].calls;
  EXPECT_TRUE(find_difference(pair.program, pair.rules));
}

TEST(FindDifference, FindsAnotherErrno) {
  Compiled pair = compiled(kPair);
  pair.rules.interfaces[0].calls[0].rules[0].action = SECCOMP_RET_ERRNO | ENOSYS;
  EXPECT_THAT(find_difference(pair.program, pair.rules), Optional(HasSubstr("ENOSYS")));
}

/// Each value of a condition one off, in either half, and each operator for its neighbour.
TEST(FindDifference, FindsEveryChangeOfACondition) {
  const Compiled right = compiled(
      R"({"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":1,"op":"SCMP_CMP_GE","value":21474836487}]})");
  ASSERT_EQ(find_difference(right.program, right.rules), std::nullopt);
  int changes = 0;
  constexpr std::uint64_t kValues[] = {
      0x500000006, 0x500000008, 0x400000007, 0x600000007, 0x500000000, 0x700000005, 7};
  for (const std::uint64_t value : kValues) {
    for (const Op op : {Op::kGreaterOrEqual, Op::kGreater, Op::kEqual, Op::kLess}) {
      if (value == 0x500000006 && op == Op::kGreater) {
        continue;  // the same in other words
      }
      RuleSet wrong = right.rules;
      wrong.interfaces[0].calls[0].rules[0].conditions[0] = {1, op, value};
      EXPECT_TRUE(find_difference(right.program, wrong)) << value << " " << static_cast<int>(op);
      ++changes;
    }
  }
  EXPECT_EQ(changes, 27);
}

/// Any one instruction of a filter changed is noticed, or makes no difference to any call.
TEST(FindDifference, FindsEveryChangedReturn) {
  const Compiled right = compiled(
      R"({"names":["kill","tgkill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":1,"op":"SCMP_CMP_EQ","value":9}]},
         {"names":["chmod"],"action":"SCMP_ACT_KILL_PROCESS"})");
  for (std::size_t at = 0; at < right.program.size(); ++at) {
    if (right.program[at].code == (BPF_RET | BPF_K)) {
      std::vector<sock_filter> wrong = right.program;
      wrong[at].k ^= 1;
      EXPECT_TRUE(find_difference(wrong, right.rules)) << at;
    }
  }
}

TEST(FindDifference, FindsAnArgumentThatNobodyAskedFor) {
  const Compiled right = compiled(
      R"({"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":1,"op":"SCMP_CMP_EQ","value":9}]})");
  std::vector<sock_filter> wrong = right.program;
  constexpr std::uint32_t kSecond = offsetof(seccomp_data, args) + sizeof(std::uint64_t);
  for (sock_filter& step : wrong) {
    if (step.code == (BPF_LD | BPF_W | BPF_ABS) && step.k == kSecond) {
      step.k += 2 * sizeof(std::uint64_t);
    }
  }
  EXPECT_TRUE(find_difference(wrong, right.rules));
}

TEST(FindDifference, RejectsAProgramThatItCannotRead) {
  EXPECT_TRUE(find_difference({}, compiled(kPair).rules));
}

}  // namespace
}  // namespace indexrun::confine
