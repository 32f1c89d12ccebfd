// SPDX-License-Identifier: Apache-2.0
#include "templates/padding.h"

#include <string>

#include <gtest/gtest.h>

namespace indexrun::templates {
namespace {

TEST(Padding, RefusesEverythingButZeroWidthLetter) {
  for (const char* text : {":",      ":%",     ":%d",   ":%s",    ":%0d",
                           ":%00d",  ":%005d", ":%0s",  ":%256d", ":%99999999999999999999d",
                           ":%5",    ":%5x",   ":%-5d", ":%+5d",  ":% 5d",
                           ":%5.2d", ":%5.2f", ":5d",   "%5d",    ":%5dd",
                           ":%5d ",  ":%ds",   ":%n",   ":%1$5d"}) {
    EXPECT_FALSE(parse_padding(text).has_value()) << text;
  }
}

TEST(Padding, TakesWidthsFrom1To255) {
  for (const auto& [text, width] : {std::pair{":%1d", 1U}, {":%255s", 255U}, {":%0255d", 255U}}) {
    const auto padding = parse_padding(text);
    ASSERT_TRUE(padding.has_value()) << text;
    EXPECT_EQ(padding->width, width);
  }
  EXPECT_EQ(parse_padding("")->width, 0U);
}

struct Row {
  const char* description;
  std::string_view value;
  const char* padding;
  const char* expected;
};

constexpr Row kRows[] = {
    {"zeros", "3", ":%05d", "00003"},
    {"spaces", "3", ":%5d", "    3"},
    {"a longer value is not cut", "123456", ":%05d", "123456"},
    {"exactly as wide", "12345", ":%05d", "12345"},
    {"zeros go after the sign", "-5", ":%05d", "-0005"},
    {"spaces go before the sign", "-5", ":%5d", "   -5"},
    {"leading zeros do not count", "007", ":%2d", " 7"},
    {"leading zeros are decimal", "0010", ":%03d", "010"},
    {"zero", "000", ":%02d", "00"},
    {"there is no negative zero", "-0", ":%03d", "000"},
    {"more than 64 bits", "123456789012345678901234567890", ":%031d",
     "0123456789012345678901234567890"},
    {"text", "foo", ":%5s", "  foo"},
    {"text with zeros", "foo", ":%05s", "00foo"},
    {"text keeps leading zeros", "007", ":%2s", "007"},
    {"empty text", "", ":%3s", "   "},
    {"width counts bytes", "\xC3\xA9", ":%3s", " \xC3\xA9"},
};

TEST(Padding, PadsAtTheLeft) {
  for (const Row& row : kRows) {
    std::string out = "<";
    EXPECT_TRUE(append_padded(out, row.value, *parse_padding(row.padding))) << row.description;
    EXPECT_EQ(out, "<" + std::string(row.expected)) << row.description;
  }
}

TEST(Padding, DecimalRefusesWhatIsNoWholeNumber) {
  for (const std::string_view value :
       {"", "-", "foo", "1.0", "1e3", "+5", " 5", "5 ", "0x3", "--5", "\xEF\xBC\x93"}) {
    std::string out = "kept";
    EXPECT_FALSE(append_padded(out, value, *parse_padding(":%05d"))) << value;
    EXPECT_EQ(out, "kept");
  }
}

}  // namespace
}  // namespace indexrun::templates
