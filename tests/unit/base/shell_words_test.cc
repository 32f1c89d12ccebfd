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

/// Writes down what it is told, and refuses an exclamation mark.
class Notes final : public ShellWatch {
 public:
  Result<void> plain(std::size_t at, Word word) override {
    if (text[at] == '!') {
      return Error{.failure = Failure::kItem, .problem = "refused"};
    }
    note += std::to_string(word.number) + text[at];
    return {};
  }
  Result<void> double_quoted(std::size_t at) override {
    note += std::string("\"") + text[at];
    return {};
  }
  Result<void> word_ends(std::size_t end, Word word) override {
    note += "<" + std::string(text.substr(word.begin, end - word.begin)) + ">";
    return {};
  }

  std::string_view text;
  std::string note;
};

TEST(ShellWords, TellWhatNothingProtects) {
  Notes notes;
  notes.text = R"(a 'b'\c"d\$" '' e)";
  ASSERT_TRUE(split_shell_words(notes.text, &notes));
  EXPECT_EQ(notes.note, R"(0a<a>"d<'b'\c"d\$"><''>3e<e>)");
}

TEST(ShellWords, PassOnARefusal) {
  Notes notes;
  notes.text = "a '!' \"!\" \\! !";
  const auto words = split_shell_words(notes.text, &notes);
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().problem, "refused");
  EXPECT_EQ(notes.note, R"(0a<a><'!'>"!<"!"><\!>)");
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
