// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/proof.h"

#include "instructions.h"

#include <cerrno>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using Program = std::vector<sock_filter>;

constexpr Action kAllow = SECCOMP_RET_ALLOW;
constexpr Action kDeny = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kLower = offsetof(seccomp_data, args);
constexpr std::uint32_t kUpper = kLower + sizeof(std::uint32_t);

Call with(std::vector<Rule> rules) {
  return {.number = 1, .name = "call", .rules = std::move(rules)};
}

/// Held against the evaluator: a counterexample must be one.
Proof proved(const Program& program, const Call& call, bool narrow = false) {
  EXPECT_EQ(program_fault(program), "");
  seccomp_data any{};
  any.nr = static_cast<int>(call.number);
  const RuleSet rules{.default_action = kAllow,
                      .interfaces = {{.name = "any", .narrow = narrow, .calls = {call}}}};
  const Proof proof = prove(program, {}, any, rules);
  if (proof.counterexample) {
    EXPECT_NE(evaluate(program, *proof.counterexample), rules.verdict(*proof.counterexample));
  }
  return proof;
}

bool agrees(const Program& program, const Call& call, bool narrow = false) {
  const Proof proof = proved(program, call, narrow);
  EXPECT_TRUE(proof.complete);
  return proof.complete && !proof.counterexample;
}

/// args[0] == 0x500000007
const Program kEqual = {load(kUpper), jump(BPF_JEQ, 5, 0, 3),
                        load(kLower), jump(BPF_JEQ, 7, 0, 1),
                        give(kDeny),  give(kAllow)};

TEST(Prove, AcceptsWhatTheRulesSay) {
  EXPECT_TRUE(agrees(kEqual, with({{kDeny, {{0, Op::kEqual, 0x500000007}}}})));
  EXPECT_TRUE(agrees({give(kAllow)}, with({{kAllow, {{0, Op::kLess, 9}}}})));
}

TEST(Prove, FindsTheOneValueThatDiffers) {
  const Call call = with({{kDeny, {{0, Op::kEqual, 0x500000008}}}});
  EXPECT_FALSE(agrees(kEqual, call));
  EXPECT_FALSE(agrees(kEqual, with({{kDeny, {{0, Op::kGreaterOrEqual, 0x500000007}}}})));
}

TEST(Prove, FindsAValueThatNoRuleKnows) {
  // 123456789 is nowhere in the rules.
  const Program odd = {load(kLower), jump(BPF_JEQ, 123456789, 0, 1), give(kDeny), give(kAllow)};
  const Proof proof =
      proved(odd, with({{kDeny, {{0, Op::kEqual, 123456789}}}, {kAllow, {{0, Op::kNotEqual, 5}}}}));
  ASSERT_TRUE(proof.counterexample);  // with any upper half
  EXPECT_EQ(proof.counterexample->args[0] & 0xFFFFFFFF, 123456789U);
}

TEST(Prove, TakesUpperHalvesOfNarrowArgumentsForZero) {
  const Program lower = {load(kLower), jump(BPF_JEQ, 7, 0, 1), give(kDeny), give(kAllow)};
  const Call call = with({{kDeny, {{0, Op::kEqual, 7}}}});
  EXPECT_TRUE(agrees(lower, call, true));
  EXPECT_FALSE(agrees(lower, call, false));
}

TEST(Prove, LooksThroughMasks) {
  const Program masked = {load(kLower), mask(0xF0), jump(BPF_JEQ, 0x30, 0, 1), give(kDeny),
                          give(kAllow)};
  EXPECT_TRUE(agrees(masked, with({{kDeny, {{0, Op::kMaskedEqual, 0xF0, 0x30}}}})));
  EXPECT_FALSE(agrees(masked, with({{kDeny, {{0, Op::kMaskedEqual, 0xF1, 0x30}}}})));
  EXPECT_FALSE(agrees(masked, with({{kDeny, {{0, Op::kMaskedEqual, 0x1000000F0, 0x30}}}})));
  const Program set = {load(kLower), jump(BPF_JSET, 0xF0, 1, 0), give(kDeny), give(kAllow)};
  EXPECT_TRUE(agrees(set, with({{kDeny, {{0, Op::kMaskedEqual, 0xF0, 0}}}})));
  EXPECT_FALSE(agrees(set, with({{kDeny, {{0, Op::kMaskedEqual, 0xF1, 0}}}})));
}

TEST(Prove, TakesTheFirstRuleThatHolds) {
  const Program program = {load(kLower), jump(BPF_JGE, 10, 0, 1), give(kDeny), give(kAllow)};
  EXPECT_TRUE(agrees(program,
                     with({{kAllow, {{0, Op::kLess, 10}}}, {kDeny, {{0, Op::kLess, 1ULL << 32}}}}),
                     true));
  EXPECT_FALSE(agrees(program,
                      with({{kDeny, {{0, Op::kLess, 1ULL << 32}}}, {kAllow, {{0, Op::kLess, 10}}}}),
                      true));
}

TEST(Prove, FollowsJumpsThatAreAlwaysTaken) {
  const Program program = {load(kLower), jump(BPF_JGT, 9, 1, 0),
                           give(kAllow), BPF_STMT(BPF_JMP | BPF_JA, 1),
                           give(kAllow), give(kDeny)};
  EXPECT_TRUE(agrees(program, with({{kDeny, {{0, Op::kGreater, 9}}}}), true));
}

TEST(Prove, GivesUpWhereThereAreTooManyCases) {
  std::vector<Rule> rules;
  for (unsigned bit = 0; bit < 20; ++bit) {
    rules.push_back({kDeny, {{0, Op::kMaskedEqual, 1ULL << bit, 1ULL << bit}}});
  }
  const Proof proof = proved({load(kLower), give(kDeny)}, with(std::move(rules)));
  EXPECT_FALSE(proof.complete);
}

TEST(Prove, GivesUpWhereOneCaseAfterTheOtherTakesTooLong) {
  // Few for each argument, but all of them together.
  std::vector<Rule> rules;
  for (unsigned bit = 0; bit < 14; ++bit) {
    Rule rule{kAllow};
    for (unsigned index = 0; index < 4; ++index) {
      rule.conditions.push_back({index, Op::kMaskedEqual, 1ULL << bit, 1ULL << bit});
    }
    rules.push_back(std::move(rule));
  }
  const Proof proof = proved({give(kAllow)}, with(std::move(rules)));
  EXPECT_FALSE(proof.complete);
}

}  // namespace
}  // namespace indexrun::confine
