// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(Utf8, MeasuresWellFormedCharacters) {
  EXPECT_EQ(utf8_length("a"), 1U);
  EXPECT_EQ(utf8_length(std::string_view("\0", 1)), 1U);
  EXPECT_EQ(utf8_length("\xc3\xa9x"), 2U);
  EXPECT_EQ(utf8_length("\xe2\x82\xac"), 3U);
  EXPECT_EQ(utf8_length("\xf0\x9f\x98\x80"), 4U);
}

TEST(Utf8, RefusesIllFormedOnes) {
  for (const std::string_view text : std::vector<std::string_view>{
           "", "\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
           "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xc3z"}) {
    EXPECT_EQ(utf8_length(text), 0U);
  }
}

}  // namespace
}  // namespace indexrun
