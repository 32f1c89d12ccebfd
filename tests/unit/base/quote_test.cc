// SPDX-License-Identifier: Apache-2.0
#include "base/quote.h"

#include "base/shell_words.h"

#include <string>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(Quote, MakesEveryByteVisible) {
  EXPECT_EQ(quote("a b"), "'a b'");
  EXPECT_EQ(quote("a\nb\tc\rd"), R"('a\nb\tc\rd')");
  EXPECT_EQ(quote(std::string_view("\0\x1b[31m\x7f", 7)), R"('\x00\x1b[31m\x7f')");
  EXPECT_EQ(quote("caf\xc3\xa9"), "'caf\xc3\xa9'");
  EXPECT_EQ(quote("\xff\xc3"), R"('\xff\xc3')") << "invalid UTF-8";
}

TEST(Quote, CutsLongTextBetweenCharacters) {
  EXPECT_EQ(quote("abcdef", 3), "'abc...'");
  EXPECT_EQ(quote("abc", 3), "'abc'");
  EXPECT_EQ(quote("\xe2\x82\xac\xe2\x82\xac", 2), "'\xe2\x82\xac...'");
}

TEST(Quote, ShellReadsBackEveryWord) {
  for (const std::string text : {"plain", "", "a b", "it's", "$HOME", "*", "a\nb", "\\", "''"}) {
    const auto words = split_shell_words(shell_quote(text));
    ASSERT_TRUE(words);
    EXPECT_EQ(*words, std::vector<std::string>{text});
  }
  EXPECT_EQ(shell_quote("--name=a/b.c"), "--name=a/b.c");
}

}  // namespace
}  // namespace indexrun
