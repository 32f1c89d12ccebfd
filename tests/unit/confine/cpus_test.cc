// SPDX-License-Identifier: Apache-2.0
#include "confine/cpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::ElementsAre;

TEST(Cpus, NumbersAndRangesAreBits) {
  EXPECT_THAT(*parse_cpus("0"), ElementsAre(1));
  EXPECT_THAT(*parse_cpus("0,2-5"), ElementsAre(0x3d));
  EXPECT_THAT(*parse_cpus("63-64"), ElementsAre(std::uint64_t{1} << 63U, 1));
  EXPECT_THAT(*parse_cpus("3,3,2-3"), ElementsAre(0xc));
  EXPECT_EQ(parse_cpus("8191")->size(), 128U);
}

TEST(Cpus, AnythingElseIsAConfigError) {
  for (const char* text : {"", ",", "0,", "x", "3-1", "-1", "1-", "8192", "0-8192", "0-99999999999",
                           "1 ,2", "0x1", "1-2-3", "18446744073709551616"}) {
    const auto cpus = parse_cpus(text);
    ASSERT_FALSE(cpus) << text;
    EXPECT_EQ(cpus.error().failure, Failure::kConfig);
  }
}

}  // namespace
}  // namespace indexrun::confine
