// SPDX-License-Identifier: Apache-2.0
// Filters that ask a listener, against those that they stand for.
#include "confine/seccomp/ask.h"

#include "confine/seccomp/own_calls.h"
#include "filtered.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

Filter filter_of(const std::string& text) {
  auto compiled = compile_text(text);
  EXPECT_TRUE(compiled) << text;
  return Filter{.origin = "profile.json",
                .program = std::move(compiled->program),
                .flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                .rules = std::move(compiled->rules)};
}

std::string refuse(const std::string& name, int error, const std::string& more = "") {
  return R"({"names":[")" + name + R"("],"action":"SCMP_ACT_ERRNO","errnoRet":)" +
         std::to_string(error) + more + "}";
}

std::string with_action(const std::string& name, const std::string& action) {
  return R"({"names":[")" + name + R"("],"action":"SCMP_ACT_)" + action + R"("})";
}

/// Both sides of everything that the profiles here compare with, in each argument that they look
/// at.
constexpr std::uint64_t kValues[] = {0, 7, 0xFF, 0x1'0000'0007};

/// Calls `check` with every number of every interface, and every pair of values.
template <typename Check>
void for_each_call(Check check) {
  for (const std::uint32_t architecture :
       {kNative, std::uint32_t{AUDIT_ARCH_I386}, std::uint32_t{AUDIT_ARCH_ARM}}) {
    for (const std::uint32_t bit : {0U, kX32Bit}) {
      for (std::uint32_t number = 0; number < 700; ++number) {
        seccomp_data call{};
        call.arch = architecture;
        call.nr = static_cast<int>(number | bit);
        for (const std::uint64_t first : kValues) {
          for (const std::uint64_t second : kValues) {
            call.args[0] = first;
            call.args[1] = second;
            check(call);
          }
        }
      }
    }
  }
}

Action kind(Action action) {
  return action & SECCOMP_RET_ACTION_FULL;
}

/// Asks exactly where the originals have an errno or log, and is the same elsewhere. Returns how
/// many calls were asked about, and how many were not.
std::pair<std::size_t, std::size_t> expect_the_same_but_asking(const std::vector<Filter>& filters) {
  const auto asking = ask_listener(filters);
  std::pair<std::size_t, std::size_t> count{0, 0};
  if (!asking) {
    ADD_FAILURE() << asking.error().message();
    return count;
  }
  std::size_t listeners = 0;
  for (const Filter& filter : *asking) {
    listeners += (filter.flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0 ? 1 : 0;
  }
  EXPECT_EQ(listeners, 1U);
  std::size_t wrong = 0;
  for_each_call([&](const seccomp_data& call) {
    const Action before = joint_verdict(filters, call);
    const Action now = joint_verdict(*asking, call);
    const bool ours = call.arch == kNative && std::ranges::count(kOwnNumbers, call.nr) > 0;
    const bool asked =
        kind(before) == SECCOMP_RET_ERRNO || (kind(before) == SECCOMP_RET_LOG && !ours);
    ++(asked ? count.first : count.second);
    if (now != (asked ? Action{SECCOMP_RET_USER_NOTIF} : before) && ++wrong <= 5) {
      ADD_FAILURE() << call.arch << ": " << call.nr << "(" << call.args[0] << ", " << call.args[1]
                    << "): " << describe_action(before) << " became " << describe_action(now);
    }
    // The kernel would answer ENOSYS if another filter than the listener's asked.
    for (const Filter& filter : *asking) {
      if ((filter.flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) == 0) {
        const Action alone = kind(evaluate(filter.program, call).value_or(0));
        wrong += alone == SECCOMP_RET_USER_NOTIF || alone == SECCOMP_RET_ERRNO ? 1 : 0;
      }
    }
  });
  EXPECT_EQ(wrong, 0U);
  return count;
}

TEST(AskListener, OneFilterAsksByItself) {
  std::vector<Filter> filters;
  filters.push_back(
      filter_of(profile_of(refuse("fchmodat", 111) + "," +
                           refuse("getpriority", 7,
                                  R"(,"args":[{"index":0,"value":4294967303,"op":"SCMP_CMP_GE"},
                         {"index":1,"value":255,"valueTwo":7,"op":"SCMP_CMP_MASKED_EQ"}])") +
                           "," + with_action("ptrace", "KILL_PROCESS") + "," +
                           with_action("mount", "TRAP") + "," + with_action("bpf", "LOG"))));
  const auto [asked, others] = expect_the_same_but_asking(filters);
  EXPECT_GT(asked, 0U);
  EXPECT_GT(others, asked);
  const auto asking = ask_listener(filters);
  ASSERT_TRUE(asking);
  ASSERT_EQ(asking->size(), 1U);
  EXPECT_GT((*asking)[0].program.size(), filters[0].program.size()) << "our own may be logged";
  EXPECT_NE((*asking)[0].flags & SECCOMP_FILTER_FLAG_SPEC_ALLOW, 0U);
}

TEST(AskListener, SeveralFiltersLeaveTheirErrnosToOne) {
  std::vector<Filter> filters;
  filters.push_back(filter_of(profile_of(refuse("fchmodat", 111) + "," + refuse("mount", 5) + "," +
                                         with_action("ptrace", "KILL_PROCESS"))));
  filters.push_back(filter_of(profile_of(refuse("fchmodat", 7) + "," + refuse("ptrace", 9) + "," +
                                         with_action("mount", "TRAP"))));
  filters.push_back(filter_of(profile_of(
      refuse("getpriority", 4, R"(,"args":[{"index":0,"value":7,"op":"SCMP_CMP_NE"}])"))));
  filters[1].flags = SECCOMP_FILTER_FLAG_LOG;
  const auto [asked, others] = expect_the_same_but_asking(filters);
  EXPECT_GT(asked, 0U);
  EXPECT_GT(others, asked);
  const auto asking = ask_listener(filters);
  ASSERT_TRUE(asking);
  EXPECT_EQ(asking->back().flags & (SECCOMP_FILTER_FLAG_SPEC_ALLOW | SECCOMP_FILTER_FLAG_LOG),
            SECCOMP_FILTER_FLAG_LOG);
  seccomp_data call{};
  call.arch = kNative;
  call.nr = SYS_fchmodat;
  EXPECT_EQ(joint_verdict(filters, call), Action{SECCOMP_RET_ERRNO | 7})
      << "of two errnos that of the filter loaded last";
  call.nr = SYS_mount;
  EXPECT_EQ(joint_verdict(*asking, call), Action{SECCOMP_RET_TRAP}) << "stricter than an errno";
}

TEST(AskListener, AFilterThatDeniesBySilenceAsksToo) {
  std::vector<Filter> filters;
  filters.push_back(filter_of(
      profile_of(R"({"names":["execve","write","exit_group","getpid"],"action":"SCMP_ACT_ALLOW"})",
                 "SCMP_ACT_ERRNO")));
  const auto [asked, others] = expect_the_same_but_asking(filters);
  EXPECT_GT(asked, 500U) << "all but four calls";
  EXPECT_GT(others, 0U) << "those of foreign interfaces, which are killed";
}

TEST(AskListener, WhatIsLoggedIsAskedButForOurOwnLastCalls) {
  std::vector<Filter> filters;
  filters.push_back(filter_of(
      profile_of(with_action("write", "ALLOW") + "," + refuse("mount", 5), "SCMP_ACT_LOG")));
  const auto [asked, others] = expect_the_same_but_asking(filters);
  EXPECT_GT(asked, 500U);
  filters.push_back(filter_of(profile_of(refuse("fchmodat", 111))));
  const auto [together, rest] = expect_the_same_but_asking(filters);
  EXPECT_EQ(together, asked) << "fchmodat was logged before";
  EXPECT_GT(rest, 0U);
}

TEST(AskListener, TheOneThatTakesSeccompAwayIsLoadedLast) {
  std::vector<Filter> filters;
  filters.push_back(filter_of(profile_of(refuse("fchmodat", 111))));
  filters.push_back(filter_of(profile_of(with_action("seccomp", "KILL_PROCESS"))));
  expect_the_same_but_asking(filters);
  const auto asking = ask_listener(filters);
  ASSERT_TRUE(asking);
  EXPECT_EQ(asking->back().flags & SECCOMP_FILTER_FLAG_NEW_LISTENER, 0U)
      << "behind it no listener could be loaded";
  filters[1] = filter_of(profile_of(refuse("seccomp", 111)));
  const auto refusing = ask_listener(filters);
  ASSERT_TRUE(refusing);
  EXPECT_NE(refusing->back().flags & SECCOMP_FILTER_FLAG_NEW_LISTENER, 0U);
}

TEST(AskListener, MoreThanTheKernelTakesIsRefused) {
  std::vector<sock_filter> longest(BPF_MAXINSNS - 1, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0));
  longest.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  std::vector<Filter> filters(2);
  filters[0].program = longest;
  filters[1].program = longest;
  const auto asking = ask_listener(filters);
  ASSERT_FALSE(asking);
  EXPECT_THAT(asking.error().message(), HasSubstr("--report-denials"));
  EXPECT_THAT(asking.error().message(), HasSubstr("4096"));
}

TEST(JointVerdict, AProgramWithoutAnEndKills) {
  std::vector<Filter> filters(1);
  filters[0].program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0));
  EXPECT_EQ(joint_verdict(filters, {}), Action{SECCOMP_RET_KILL_PROCESS});
  EXPECT_EQ(joint_verdict({}, {}), Action{SECCOMP_RET_ALLOW});
}

}  // namespace
}  // namespace indexrun::confine
