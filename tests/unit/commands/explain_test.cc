// SPDX-License-Identifier: Apache-2.0
#include "commands/explain.h"

#include "commands/explain_calls.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace indexrun::commands {
namespace {

using confine::Op;
using testing::HasSubstr;

constexpr confine::Action kDenied = SECCOMP_RET_ERRNO | 1;

TEST(Explain, ConditionsReadAsComparisons) {
  EXPECT_EQ(describe({{0, Op::kEqual, 16}, {2, Op::kMaskedEqual, 0xff, 0x10}}),
            "arg0 == 0x10 and (arg2 & 0xff) == 0x10");
  EXPECT_EQ(describe({{5, Op::kGreater, ~0ULL}}), "arg5 > 0xffffffffffffffff");
}

TEST(Explain, VerdictsTellTheFirstRuleFirst) {
  confine::Verdict verdict;
  EXPECT_EQ(describe(verdict), "ALLOW");
  verdict.rules = {{kDenied, {{0, Op::kLess, 1}}}, {SECCOMP_RET_LOG, {{1, Op::kNotEqual, 2}}}};
  EXPECT_EQ(describe(verdict), "ERRNO 1 (EPERM) when arg0 < 0x1; LOG when arg1 != 0x2; else ALLOW");
  verdict = {.rules = {},
             .otherwise = kDenied,
             .possible = {kDenied, SECCOMP_RET_ALLOW},
             .arguments = 0b1000101};
  EXPECT_EQ(describe(verdict), "ERRNO 1 (EPERM) or ALLOW, by arg0, arg2, where it is called from");
}

TEST(Explain, ProcessorsAreRanges) {
  EXPECT_EQ(processors({}), "");
  EXPECT_EQ(processors({0b1}), "0");
  EXPECT_EQ(processors({0b1011, 0}), "0-1,3");
  EXPECT_EQ(processors({1ULL << 63, 1}), "63-64");
}

TEST(Explain, LongFactsGoOnBehindBlanks) {
  std::string text;
  std::string words;
  for (int i = 0; i < 60; ++i) {
    words += (i == 0 ? "" : " ") + std::string("word") + std::to_string(i);
  }
  add_fact(text, "label", words);
  EXPECT_THAT(text, testing::StartsWith("label    word0 word1 "));
  EXPECT_THAT(text, HasSubstr("\n         word"));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 100U);
    at = end + 1;
  }
  text.clear();
  add_fact(text, "not kept", "x");
  EXPECT_EQ(text, "not kept x\n");
}

confine::Calls calls(std::uint32_t number, const char* name, confine::Action action) {
  confine::Calls one{.first = number, .last = number, .name = name, .verdict = {}};
  one.verdict.otherwise = action;
  return one;
}

TEST(Explain, OtherInterfacesTellOnlyWhatDiffers) {
  confine::Effective effective;
  effective.filters = {{"profile.json", 7, 0}};
  confine::Calls tail = calls(5, "", kDenied);
  tail.last = 0xFFFF'FFFF;
  effective.calls = {
      {"one", 1, {calls(0, "read", SECCOMP_RET_ALLOW), calls(1, "mount", kDenied), tail}},
      {"two", 2, {calls(3, "mount", kDenied), calls(4, "read", kDenied), tail}},
      {"three", 3, {calls(3, "mount", kDenied), tail}}};
  std::string text;
  add_calls(text, effective);
  EXPECT_EQ(text,
            "seccomp  filter 1 of 1: profile.json, 7 instructions\n"
            "one      ALLOW: read\n"
            "one      ERRNO 1 (EPERM): mount, numbers from 5 on\n"
            "two      ERRNO 1 (EPERM): every system call\n"
            "three    ERRNO 1 (EPERM): every system call\n");
  effective.calls[1].calls[0].verdict.otherwise = SECCOMP_RET_KILL_PROCESS;
  text.clear();
  add_calls(text, effective);
  EXPECT_THAT(text, HasSubstr("two      as one, and where it differs:\n"
                              "two      KILL_PROCESS: mount\n"
                              "two      ERRNO 1 (EPERM): read, numbers from 5 on\n"));
}

TEST(Explain, TellsFiltersThatWereThereBefore) {
  confine::Effective effective;
  effective.state.filtered = true;
  effective.state.filters = 2;
  std::string text;
  add_calls(text, effective);
  EXPECT_THAT(text, HasSubstr("2 filters that were there before"));
  effective.state.filters.reset();
  text.clear();
  add_calls(text, effective);
  EXPECT_THAT(text, HasSubstr("a filter that was there before"));
}

TEST(Explain, JsonHasExactNumbers) {
  Explanation explanation;
  confine::Present& state = explanation.effective.state;
  state.uid.fill(4'294'967'294);
  state.capabilities.bounding = 1ULL << 40 | 1;
  state.limits = {{0, 9'007'199'254'740'993, ~0ULL}};
  const auto json = to_json(explanation);
  EXPECT_EQ(json["uid"][3], 4'294'967'294);
  EXPECT_EQ(json["capabilities"]["bounding"]["bits"], "0000010000000001");
  EXPECT_EQ(json["limits"]["cpu"]["soft"], 9'007'199'254'740'993);
  EXPECT_TRUE(json["limits"]["cpu"]["hard"].is_null());
  EXPECT_TRUE(json["descriptors"].is_null());
  EXPECT_TRUE(json["landlock"]["abi"].is_null());
}

}  // namespace
}  // namespace indexrun::commands
