// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/verdicts.h"

#include "confine/seccomp/builtin.h"
#include "filtered.h"

#include <algorithm>
#include <cerrno>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Action kErrno = SECCOMP_RET_ERRNO;

Filter filter_of(std::string_view profile) {
  Result<Compiled> compiled = compile_text(profile);
  EXPECT_TRUE(compiled) << compiled.error().problem;
  return {.origin = "profile.json",
          .program = compiled->program,
          .flags = 0,
          .rules = std::move(compiled->rules)};
}

Filter without_rules(Filter filter) {
  filter.rules.reset();
  return filter;
}

std::vector<InterfaceVerdicts> judged(const std::vector<Filter>& filters) {
  Result<std::vector<InterfaceVerdicts>> all = verdicts(filters);
  EXPECT_TRUE(all) << all.error().problem;
  return all ? std::move(*all) : std::vector<InterfaceVerdicts>();
}

const Calls& find(const InterfaceVerdicts& interface, std::uint32_t number) {
  const auto found = std::ranges::find_if(interface.calls, [&](const Calls& calls) {
    return calls.first <= number && number <= calls.last;
  });
  EXPECT_NE(found, interface.calls.end());
  return *found;
}

Action answer(const Verdict& verdict, const seccomp_data& call) {
  for (const Rule& rule : verdict.rules) {
    if (rule.holds(call)) {
      return rule.action;
    }
  }
  return verdict.otherwise;
}

/// What the kernel would take from all programs.
Action of_kernel(const std::vector<Filter>& filters, const seccomp_data& call) {
  Action taken = SECCOMP_RET_ALLOW;
  for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter) {
    const Action one = evaluate(filter->program, call).value_or(0xDEAD'DEAD);
    taken = stricter(one, taken) ? one : taken;
  }
  return taken;
}

constexpr std::string_view kMasked =
    R"({"names":["clone"],"action":"SCMP_ACT_ERRNO","errnoRet":1,"args":[)"
    R"({"index":0,"value":2114060288,"valueTwo":0,"op":"SCMP_CMP_MASKED_EQ"}]},)"
    R"({"names":["mount"],"action":"SCMP_ACT_ERRNO","errnoRet":5},)"
    R"({"names":["socket"],"action":"SCMP_ACT_KILL_PROCESS","args":[)"
    R"({"index":0,"value":16,"op":"SCMP_CMP_EQ"},{"index":2,"value":9,"op":"SCMP_CMP_GT"}]})";
constexpr std::string_view kOther =
    R"({"names":["mount"],"action":"SCMP_ACT_ERRNO","errnoRet":38},)"
    R"({"names":["socket"],"action":"SCMP_ACT_ERRNO","errnoRet":97,"args":[)"
    R"({"index":0,"value":2,"op":"SCMP_CMP_NE"}]},)"
    R"({"names":["umount2"],"action":"SCMP_ACT_LOG"})";

TEST(Verdicts, NoFilterSaysNothing) {
  EXPECT_THAT(judged({}), IsEmpty());
}

TEST(Verdicts, EveryNumberOfEveryInterfaceIsCovered) {
  for (const InterfaceVerdicts& interface : judged({filter_of(profile_of(kMasked))})) {
    ASSERT_FALSE(interface.calls.empty());
    for (std::size_t at = 1; at < interface.calls.size(); ++at) {
      EXPECT_EQ(interface.calls[at].first, interface.calls[at - 1].last + 1) << interface.name;
    }
    const bool x86_64 = interface.name == "x86_64";
    EXPECT_EQ(interface.calls.front().first, interface.name == "x32" ? kX32Bit : 0);
    EXPECT_EQ(interface.calls.back().last, x86_64 ? kX32Bit - 1 : 0xFFFF'FFFF);
  }
}

TEST(Verdicts, OneFilterIsToldByItsRules) {
  const InterfaceVerdicts native = judged({filter_of(profile_of(kMasked))}).front();
  const Calls& clone = find(native, SYS_clone);
  EXPECT_EQ(clone.name, "clone");
  EXPECT_EQ(clone.verdict.otherwise, SECCOMP_RET_ALLOW);
  ASSERT_EQ(clone.verdict.rules.size(), 1U);
  EXPECT_EQ(clone.verdict.rules[0].action, kErrno | 1);
  EXPECT_EQ(clone.verdict.arguments, 1U);
  const Calls& mount = find(native, SYS_mount);
  EXPECT_TRUE(mount.verdict.constant());
  EXPECT_EQ(mount.verdict.otherwise, kErrno | 5);
}

TEST(Verdicts, OfEqualErrnosThatOfTheLaterFilterCounts) {
  const Filter five = filter_of(profile_of(kMasked));
  const Filter enosys = filter_of(profile_of(kOther));
  EXPECT_EQ(find(judged({five, enosys}).front(), SYS_mount).verdict.otherwise, kErrno | 38);
  EXPECT_EQ(find(judged({enosys, five}).front(), SYS_mount).verdict.otherwise, kErrno | 5);
}

TEST(Verdicts, RulesThatSayTheSameAsTheRestAreLeftOut) {
  const Filter filter = filter_of(profile_of(kOther));
  EXPECT_EQ(find(judged({filter, filter}).front(), SYS_socket).verdict.rules.size(), 1U);
}

TEST(Verdicts, TheBuiltInOnesAreToldByRules) {
  for (const Builtin& builtin : builtins()) {
    for (const InterfaceVerdicts& interface : judged({builtin_filter(builtin)})) {
      for (const Calls& calls : interface.calls) {
        EXPECT_THAT(calls.verdict.possible, IsEmpty()) << builtin.name << " " << calls.name;
      }
    }
  }
}

TEST(Verdicts, ACompiledFilterIsToldByWhatIsPossible) {
  const InterfaceVerdicts native = judged({without_rules(filter_of(profile_of(kMasked)))}).front();
  const Verdict& clone = find(native, SYS_clone).verdict;
  EXPECT_THAT(clone.possible, ElementsAre(kErrno | 1, SECCOMP_RET_ALLOW));
  EXPECT_EQ(clone.arguments, 1U);
  EXPECT_EQ(find(native, SYS_socket).verdict.arguments, 5U);
  EXPECT_EQ(find(native, SYS_mount).verdict.otherwise, kErrno | 5);
  EXPECT_TRUE(find(native, SYS_read).verdict.constant());
}

TEST(Verdicts, NewCallsBeyondAProfileAreOneRange) {
  const Filter filter = filter_of(
      profile_of(R"({"names":["read","write","execve","exit_group"],"action":"SCMP_ACT_ALLOW"})",
                 R"(SCMP_ACT_ERRNO)"));
  const InterfaceVerdicts native = judged({filter}).front();
  const Calls& tail = native.calls.back();
  EXPECT_EQ(tail.verdict.otherwise, kErrno | ENOSYS);
  EXPECT_EQ(tail.name, "");
}

/// Against the programs themselves, which the kernel runs.
TEST(Verdicts, StackedFiltersAnswerAsTheirPrograms) {
  const std::vector<std::vector<Filter>> stacks = {
      {filter_of(profile_of(kMasked)), filter_of(profile_of(kOther))},
      {filter_of(profile_of(kOther)), filter_of(profile_of(kMasked))},
      {filter_of(profile_of(kOther)), builtin_filter(*find_builtin("default"))},
      {builtin_filter(*find_builtin("default")), builtin_filter(*find_builtin("batch")),
       filter_of(profile_of(kMasked))},
      {without_rules(filter_of(profile_of(kMasked))), filter_of(profile_of(kOther))}};
  std::mt19937_64 random(6);
  const std::uint64_t values[] = {0,  1,          2,          9,     10,        16,
                                  17, 0x10000000, 0x7e020000, ~0ULL, 1ULL << 32};
  for (const std::vector<Filter>& filters : stacks) {
    for (const InterfaceVerdicts& interface : judged(filters)) {
      for (const Calls& calls : interface.calls) {
        for (int round = 0; round < 20; ++round) {
          seccomp_data call{};
          call.nr = static_cast<int>(round % 2 == 0 ? calls.first : calls.last);
          call.arch = interface.audit;
          for (auto& argument : call.args) {
            argument = values[random() % std::size(values)] &
                       (interface.name == "x86" ? 0xFFFF'FFFF : ~0ULL);
          }
          const Action kernel = of_kernel(filters, call);
          const Verdict& verdict = calls.verdict;
          if (verdict.possible.empty()) {
            ASSERT_EQ(answer(verdict, call), kernel) << interface.name << " " << calls.name;
          } else {
            ASSERT_THAT(verdict.possible, testing::Contains(kernel)) << calls.name;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace indexrun::confine
