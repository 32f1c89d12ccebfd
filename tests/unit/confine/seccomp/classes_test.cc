// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/classes.h"

#include <random>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr std::uint32_t kAll = 0xFFFF'FFFF;

std::string outcomes(const std::vector<Comparison>& comparisons, std::uint32_t word) {
  std::string text;
  for (const Comparison& one : comparisons) {
    const auto order = one.of(word);
    text += order == 0 ? '=' : one.ordered && order > 0 ? '>' : '<';
  }
  return text;
}

TEST(Representatives, OfNothingIsOne) {
  EXPECT_THAT(representatives({}), Optional(ElementsAre(0)));
}

TEST(Representatives, OfOneValueAreItselfAndAnother) {
  EXPECT_THAT(representatives({{kAll, 9, false}}), Optional(ElementsAre(0, 9)));
}

TEST(Representatives, OfAnOrderedValueAreBelowItselfAndAbove) {
  EXPECT_THAT(representatives({{kAll, 9, true}}), Optional(ElementsAre(0, 9, 10)));
}

TEST(Representatives, AreNotBelowZeroNorAboveTheGreatest) {
  EXPECT_THAT(representatives({{kAll, 0, true}}), Optional(ElementsAre(0, 1)));
  EXPECT_THAT(representatives({{kAll, kAll, true}}), Optional(ElementsAre(0, kAll)));
}

TEST(Representatives, OfNeighboursHaveNothingBetween) {
  EXPECT_THAT(representatives({{kAll, 9, true}, {kAll, 10, true}}),
              Optional(ElementsAre(0, 9, 10, 11)));
}

TEST(Representatives, OfAValueOutsideItsMaskAreNeverEqual) {
  EXPECT_THAT(representatives({{0xF0, 0x11, false}}), Optional(ElementsAre(0)));
}

TEST(Representatives, MayMakeBitsAndRangesMeet) {
  // Bit 3 is set below 16, but not below 8.
  EXPECT_THAT(representatives({{8, 0, false}, {kAll, 8, true}}),
              Optional(ElementsAre(0, 8, 9, 16)));
}

TEST(Representatives, OfTheSameComparisonTwiceAreAsOfTheSharperOne) {
  EXPECT_THAT(representatives({{kAll, 9, false}, {kAll, 9, true}, {kAll, 9, false}}),
              Optional(ElementsAre(0, 9, 10)));
}

TEST(Representatives, AreRefusedWhereTheyAreTooMany) {
  std::vector<Comparison> bits;
  for (int bit = 0; bit < 16; ++bit) {
    bits.push_back({1U << bit, 0, false});
  }
  EXPECT_THAT(representatives(bits), Optional(SizeIs(kMostClasses)));
  bits.push_back({1U << 16, 0, false});
  EXPECT_EQ(representatives(bits), std::nullopt);
}

/// Words at random near the constants: each has a representative, and none is there twice.
TEST(Representatives, StandForEveryWordOnce) {
  std::mt19937_64 random(1);
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  constexpr std::uint32_t kConstants[] = {0, 1, 0x27, 0x28, 0xFFFF, 0x7FFFFFFF, 0x80000000, kAll};
  const auto any = [&] { return kConstants[below(std::size(kConstants))]; };
  for (int round = 0; round < 500; ++round) {
    std::vector<Comparison> comparisons;
    for (std::uint32_t i = 1 + below(5); i > 0; --i) {
      const std::uint32_t mask = below(2) == 0 ? kAll : any();
      comparisons.push_back({mask, any() & mask, below(2) == 0});
    }
    const auto words = representatives(comparisons);
    ASSERT_TRUE(words);
    std::set<std::string> seen;
    for (const std::uint32_t word : *words) {
      EXPECT_TRUE(seen.insert(outcomes(comparisons, word)).second) << word;
    }
    for (int probe = 0; probe < 200; ++probe) {
      const std::uint32_t word = below(4) == 0 ? below(kAll) : any() + below(3) - 1;
      EXPECT_TRUE(seen.contains(outcomes(comparisons, word))) << word;
    }
  }
}

}  // namespace
}  // namespace indexrun::confine
