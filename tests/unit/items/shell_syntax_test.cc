// SPDX-License-Identifier: Apache-2.0
// What only a shell understands, and what looks like it.
#include "items/shell_syntax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;

Result<std::vector<std::string>> split(std::string_view line) {
  ShellSyntax syntax(line);
  return split_shell_words(line, &syntax);
}

struct Refused {
  const char* line;
  const char* found;
  int column;
  const char* meaning;
};

TEST(ShellSyntax, RefusesWhatOnlyAShellCanDo) {
  const std::vector<Refused> rows{
      {"a | b", "|", 3, "pipe"},
      {"a|b", "|", 2, "pipe"},
      {"a & ", "&", 3, "operator"},
      {"a && b", "&", 3, "operator"},
      {"a; b", ";", 2, "end of a command"},
      {"a >out", ">", 3, "redirection"},
      {"a 2>&1", ">", 4, "redirection"},
      {"a < in", "<", 3, "redirection"},
      {"(a)", "(", 1, "group"},
      {"a)", ")", 2, "group"},
      {"a `b`", "`", 3, "substitution"},
      {"a \"x`b`\"", "`", 5, "substitution"},
      {"a $x", "$", 3, "expansion"},
      {"a x$1", "$", 4, "expansion"},
      {"a ${x}", "$", 3, "expansion"},
      {"a $(b)", "$", 3, "expansion"},
      {"a $?", "$", 3, "expansion"},
      {"a $'\\n'", "$", 3, "expansion"},
      {"a \"is $x\"", "$", 7, "expansion"},
      {"a *.c", "*", 3, "pattern"},
      {"a b?", "?", 4, "pattern"},
      {"a [bc]", "[", 3, "pattern"},
      {"~/a", "~", 1, "home"},
      {"a ~", "~", 3, "home"},
      {"a --b=~/c", "~", 7, "home"},
      {"a {b,c}", "{b,c}", 3, "several words"},
      {"a x{1..3}y", "{1..3}", 4, "several words"},
      {"a {b,{c}}", "{b,{c}", 3, "several words"},
      {"a {{b},c}", "{{b},c}", 3, "several words"},
      {"a # b", "#", 3, "comment"},
      {"X=1 a", "X=", 1, "assignment"},
      {"PATH=/x:$PATH a", "PATH=", 1, "assignment"},
      {"! a", "!", 1, "grammar"},
      {"if a", "if", 1, "grammar"},
      {"\xc3\xa4 'x' | b", "|", 7, "pipe"},
  };
  for (const Refused& row : rows) {
    const auto words = split(row.line);
    ASSERT_FALSE(words) << row.line;
    EXPECT_EQ(words.error().failure, Failure::kItem) << row.line;
    EXPECT_THAT(words.error().problem, HasSubstr("found '" + std::string(row.found) +
                                                 "' in column " + std::to_string(row.column) + ":"))
        << row.line;
    EXPECT_THAT(words.error().problem, HasSubstr(row.meaning)) << row.line;
    EXPECT_FALSE(words.error().hint.empty());
  }
}

TEST(ShellSyntax, TakesWhatIsOrdinaryToAShellToo) {
  const std::vector<std::pair<const char*, std::vector<std::string>>> rows{
      {R"(a '| & ; < > ( ) ` $x * ? [ ~ {a,b} # X=1')",
       {"a", "| & ; < > ( ) ` $x * ? [ ~ {a,b} # X=1"}},
      {R"(a "| & ; < > ( ) * ? [ ~ {a,b} # \$x \`")", {"a", "| & ; < > ( ) * ? [ ~ {a,b} # $x `"}},
      {R"(a \| \& \; \< \> \( \) \` \$x \* \? \[ \~ \{a,b} \#)",
       {"a", "|", "&", ";", "<", ">", "(", ")", "`", "$x", "*", "?", "[", "~", "{a,b}", "#"}},
      {"a cost$ \"end$\" $ \"$ x\"", {"a", "cost$", "end$", "$", "$ x"}},
      {"a b#c b~ {} {x} x,y 1..3 {x}y,z} ]",
       {"a", "b#c", "b~", "{}", "{x}", "x,y", "1..3", "{x}y,z}", "]"}},
      {"a X=1 --b=c", {"a", "X=1", "--b=c"}},
      {"./X=1 a", {"./X=1", "a"}},
      {"'X'=1 a", {"X=1", "a"}},
      {"a if ! then", {"a", "if", "!", "then"}},
      {"'if' a", {"if", "a"}},
      {"a b!c %d @x ^y", {"a", "b!c", "%d", "@x", "^y"}},
  };
  for (const auto& [line, expected] : rows) {
    const auto words = split(line);
    ASSERT_TRUE(words) << line << ": " << words.error().problem;
    EXPECT_EQ(*words, expected) << line;
  }
}

}  // namespace
}  // namespace indexrun::items
