// SPDX-License-Identifier: Apache-2.0
#include "base/shell_words.h"

#include <gtest/gtest.h>

namespace indexrun {
namespace {

using Words = std::vector<std::string>;

struct Row {
  const char* what;
  const char* text;
  Words words;
};

TEST(ShellWords, SplitAsAShellWould) {
  const std::vector<Row> rows{
      {"nothing", "", {}},
      {"only blanks", " \t\n ", {}},
      {"plain words", "a  b\tc\nd", {"a", "b", "c", "d"}},
      {"single quotes are literal", R"('a b\$"')", {R"(a b\$")"}},
      {"double quotes keep blanks", R"("a b")", {"a b"}},
      {"backslash in double quotes", R"("\$ \` \" \\ \x")", {R"($ ` " \ \x)"}},
      {"backslash outside", R"(a\ b \'c \\)", {"a b", "'c", "\\"}},
      {"backslash-newline joins", "a\\\nb", {"ab"}},
      {"backslash-newline in double quotes", "\"a\\\nb\"", {"ab"}},
      {"empty words", R"('' "" a'')", {"", "", "a"}},
      {"quotes inside a word", R"(a'b c'd"e f"g)", {"ab cde fg"}},
      {"nothing is expanded",
       R"($HOME ${X} `x` * ~ #c {a,b})",
       {"$HOME", "${X}", "`x`", "*", "~", "#c", "{a,b}"}},
      {"operators are ordinary", "a;b | c&&d >e", {"a;b", "|", "c&&d", ">e"}},
      {"carriage return is ordinary", "a\rb", {"a\rb"}},
  };
  for (const Row& row : rows) {
    const auto words = split_shell_words(row.text);
    ASSERT_TRUE(words) << row.what;
    EXPECT_EQ(*words, row.words) << row.what;
  }
}

TEST(ShellWords, RefuseWhatIsNotFinished) {
  for (const char* text : {"'a", "\"a", "a\\", "\"a\\\"", "'a' 'b"}) {
    const auto words = split_shell_words(text);
    ASSERT_FALSE(words) << text;
    EXPECT_EQ(words.error().failure, Failure::kConfig);
    EXPECT_FALSE(words.error().problem.empty());
  }
}

}  // namespace
}  // namespace indexrun
