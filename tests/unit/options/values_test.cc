// SPDX-License-Identifier: Apache-2.0
#include "options/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::HasSubstr;

Setting setting(Id id, std::string value) {
  Setting result;
  result.option = &option(id);
  result.values[0] = std::move(value);
  return result;
}

TEST(Values, NumbersAreDecimal) {
  EXPECT_EQ(*number_value(setting(Id::kExpectCount, "007")), 7U);
  EXPECT_EQ(*number_value(setting(Id::kExpectCount, "18446744073709551615")), UINT64_MAX);
  for (const char* wrong : {"", "-1", "+1", "0x3", "1e3", "1.0", " 3", "18446744073709551616"}) {
    const auto result = number_value(setting(Id::kExpectCount, wrong));
    ASSERT_FALSE(result) << wrong;
    EXPECT_THAT(result.error().message(),
                HasSubstr("options: --expect-count: found '" + std::string(wrong) + "'"));
  }
}

TEST(Values, IntegersMayBeNegative) {
  EXPECT_EQ(*integer_value(setting(Id::kNice, "-20"), -20, 19), -20);
  EXPECT_EQ(*integer_value(setting(Id::kNice, "0"), -20, 19), 0);
  EXPECT_EQ(*integer_value(setting(Id::kNice, "19"), -20, 19), 19);
  for (const char* wrong : {"", "-", "-21", "20", "+1", " 1", "1 ", "1.0", "0x1", "99999999999"}) {
    const auto result = integer_value(setting(Id::kNice, wrong), -20, 19);
    ASSERT_FALSE(result) << wrong;
    EXPECT_THAT(result.error().message(), HasSubstr("expected a whole number from -20 to 19"));
  }
}

TEST(Values, DurationsHaveUnits) {
  EXPECT_EQ(*duration_value(setting(Id::kGrace, "90")), Milliseconds(90'000));
  EXPECT_EQ(*duration_value(setting(Id::kGrace, "250ms")), Milliseconds(250));
  EXPECT_FALSE(duration_value(setting(Id::kGrace, "soon")));
  EXPECT_FALSE(duration_value(setting(Id::kGrace, "-1s")));
}

TEST(Values, ADurationTooLongNamesTheLimit) {
  for (const char* wrong : {"100000d", "3650.1d", "99999999999999999999999", "1e1000000d"}) {
    const bool form = std::string_view(wrong).find('e') == std::string_view::npos;
    const auto result = duration_value(setting(Id::kTimeout, wrong));
    ASSERT_FALSE(result) << wrong;
    EXPECT_EQ(result.error().problem.find("at most 10 years, which is 3650d") != std::string::npos,
              form)
        << wrong;
  }
}

TEST(Values, ModesAreOctal) {
  EXPECT_EQ(*mode_value(setting(Id::kWriteMode, "0644")), 0644U);
  EXPECT_EQ(*mode_value(setting(Id::kWriteMode, "0")), 0U);
  EXPECT_EQ(*mode_value(setting(Id::kWriteMode, "777")), 0777U);
  for (const char* wrong : {"", "0888", "1000", "01777", "-1", "0x1", "u+r", "644 "}) {
    EXPECT_FALSE(mode_value(setting(Id::kWriteMode, wrong))) << wrong;
  }
}

TEST(Values, WordsNameTheNearOne) {
  static constexpr std::string_view kWords[] = {"auto", "always", "never"};
  EXPECT_EQ(*word_value(setting(Id::kSupervise, "never"), kWords), 2U);
  const auto result = word_value(setting(Id::kSupervise, "allways"), kWords);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().problem, "found 'allways', expected auto, always or never");
  EXPECT_EQ(result.error().hint, "did you mean always?");
}

TEST(Values, EmptyIsRefusedWhereItMeansNothing) {
  EXPECT_FALSE(check_not_empty(setting(Id::kWrite, "")));
  EXPECT_FALSE(check_not_empty(setting(Id::kChdir, "")));
  EXPECT_TRUE(check_not_empty(setting(Id::kItem, "")));
  EXPECT_TRUE(check_not_empty(setting(Id::kStdin, "")));
  EXPECT_TRUE(check_not_empty(setting(Id::kIndex, ""))) << "the index stage says it better";
  EXPECT_TRUE(check_not_empty(setting(Id::kWriteText, "path")));
  EXPECT_FALSE(check_not_empty(setting(Id::kRender, "source"))) << "the second value";
  EXPECT_FALSE(check_not_empty(setting(Id::kDelims, "<<")));
  EXPECT_TRUE(check_not_empty(setting(Id::kQuiet, "")));
}

}  // namespace
}  // namespace indexrun::options
