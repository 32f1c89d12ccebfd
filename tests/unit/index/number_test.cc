// SPDX-License-Identifier: Apache-2.0
// The strict reading of an index text.
#include "index/number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

using testing::HasSubstr;

TEST(Number, ReadsPlainDecimal) {
  struct Row {
    const char* text;
    std::uint64_t number;
  };
  for (const Row& row :
       {Row{"0", 0}, Row{"17", 17}, Row{"007", 7}, Row{"008", 8},
        Row{"18446744073709551615", UINT64_MAX}, Row{"000000000000000000000000000000003", 3}}) {
    const auto number = read_number(row.text, "--index");
    ASSERT_TRUE(number.has_value()) << row.text;
    EXPECT_EQ(number.value(), row.number) << row.text;
  }
}

struct Bad {
  const char* description;
  std::string text;
  const char* says;
};

class BadNumber : public testing::TestWithParam<Bad> {};

TEST_P(BadNumber, IsAConfigErrorThatSaysWhatWasFound) {
  const auto number = read_number(GetParam().text, "--index");
  ASSERT_FALSE(number.has_value());
  EXPECT_EQ(number.error().failure, Failure::kConfig);
  EXPECT_EQ(number.error().stage, "index");
  EXPECT_EQ(number.error().object, "--index");
  EXPECT_THAT(number.error().problem, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadNumber,
    testing::Values(Bad{"Empty", "", "is empty"}, Bad{"Minus", "-1", "sign"},
                    Bad{"Plus", "+1", "sign"}, Bad{"Hexadecimal", "0x3", "hexadecimal"},
                    Bad{"Fraction", "1.0", "whole number"}, Bad{"Exponent", "1e3", "whole number"},
                    Bad{"Blanks", " 3 ", "blanks"}, Bad{"Newline", "3\n", "blanks"},
                    Bad{"TooLarge", "18446744073709551616", "more than 18446744073709551615"},
                    Bad{"Undefined", "undefined", "'undefined'"},
                    Bad{"FullWidthDigit", "\xef\xbc\x93", "not ASCII"},
                    Bad{"ArabicDigit", "\xd9\xa3", "not ASCII"},
                    Bad{"Nul", std::string("3\0", 2), "NUL"},
                    Bad{"Reference", "$(JOB_COMPLETION_INDEX)", "never replaced"},
                    Bad{"ShellReference", "${N}", "never replaced"},
                    Bad{"Template", "{{item}}", "never replaced"},
                    Bad{"InsideText", "x$(JOB_COMPLETION_INDEX)", "never replaced"},
                    Bad{"List", "1,2", "expected a plain decimal number"}),
    [](const auto& row) { return std::string(row.param.description); });

TEST(Number, HintsAtTheFieldRefForAReference) {
  const auto number = read_number("$(JOB_COMPLETION_INDEX)", "EARLY");
  ASSERT_FALSE(number.has_value());
  EXPECT_THAT(number.error().hint, HasSubstr("fieldRef"));
}

TEST(Number, ShortensAFloodOfText) {
  const auto number = read_number(std::string(100000, 'x'), "--index");
  ASSERT_FALSE(number.has_value());
  EXPECT_LT(number.error().problem.size(), 300U);
}

}  // namespace
}  // namespace indexrun::index
