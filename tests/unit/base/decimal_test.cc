// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <array>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(Decimal, TakesPlainDigits) {
  EXPECT_EQ(parse_decimal("0"), 0U);
  EXPECT_EQ(parse_decimal("42"), 42U);
  EXPECT_EQ(parse_decimal("18446744073709551615"), UINT64_MAX);
}

TEST(Decimal, ReadsLeadingZerosAsDecimalNotOctal) {
  EXPECT_EQ(parse_decimal("007"), 7U);
  EXPECT_EQ(parse_decimal("010"), 10U);
  EXPECT_EQ(parse_decimal("00000000000000000000000000000000000000000008"), 8U);
}

TEST(Decimal, RefusesEverythingElse) {
  constexpr std::array kTexts{"",
                              "-1",
                              "+1",
                              "0x3",
                              "1.0",
                              "1e3",
                              " 3",
                              "3 ",
                              "3\n",
                              "three",
                              "1_000",
                              "1,000",
                              "\xef\xbc\x93",
                              "18446744073709551616",
                              "99999999999999999999999"};
  for (const char* text : kTexts) {
    EXPECT_EQ(parse_decimal(text), std::nullopt) << "text: " << text;
  }
}

}  // namespace
}  // namespace indexrun
