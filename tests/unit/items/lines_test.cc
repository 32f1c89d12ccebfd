// SPDX-License-Identifier: Apache-2.0
// Cutting bytes into lines.
#include "items/lines.h"

#include "pieces.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

Lines open(const std::string& text, LineRules rules = {}, std::size_t size = 4096) {
  return {std::make_unique<Pieces>(text, size), rules};
}

Result<std::vector<std::string>> read_all(Lines lines) {
  std::vector<std::string> items;
  for (;;) {
    TRY(auto item, lines.next());
    if (!item) {
      return items;
    }
    items.push_back(std::move(item->text));
  }
}

struct Text {
  const char* description;
  std::string text;
};

class SameItems : public testing::TestWithParam<Text> {};

TEST_P(SameItems, HoweverTheLinesEnd) {
  for (const std::size_t size : {3U, 4U, 5U, 7U, 4096U}) {
    const auto items = read_all(open(GetParam().text, {}, size));
    ASSERT_TRUE(items.has_value()) << items.error().message();
    EXPECT_THAT(*items, ElementsAre("foo", "bar baz", "qux"));
    Lines lines = open(GetParam().text, {}, size);
    EXPECT_EQ(lines.skip(2).value(), 2U);
    EXPECT_EQ(lines.next().value()->text, "qux");
    EXPECT_EQ(open(GetParam().text, {}, size).skip(UINT64_MAX).value(), 3U);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, SameItems,
                         testing::Values(Text{"Lf", "foo\nbar baz\nqux\n"},
                                         Text{"NoLastNewline", "foo\nbar baz\nqux"},
                                         Text{"CrLf", "foo\r\nbar baz\r\nqux\r\n"},
                                         Text{"CrLfNoLastNewline", "foo\r\nbar baz\r\nqux"},
                                         Text{"CrLfCut", "foo\r\nbar baz\r\nqux\r"},
                                         Text{"Bom",
                                              "\xef\xbb\xbf"
                                              "foo\nbar baz\nqux\n"}),
                         [](const auto& row) { return std::string(row.param.description); });

TEST(Lines, KeepsEveryOtherByte) {
  const auto items = read_all(open("  a\tb  \n-n\n*\n#x\n\xff\xfe\n{}\na\rb\n\xef\xbb\xbf\nend"));
  ASSERT_TRUE(items.has_value());
  EXPECT_THAT(*items, ElementsAre("  a\tb  ", "-n", "*", "#x", "\xff\xfe", "{}", "a\rb",
                                  "\xef\xbb\xbf", "end"));
}

TEST(Lines, KnowsWhereAnItemStands) {
  Lines lines = open("# head\n\nfoo\nbar\n", {.skip_blank = true, .comments = true});
  EXPECT_EQ(lines.skip(1).value(), 1U);
  EXPECT_EQ(lines.next().value()->origin, "list:4");
}

struct Defect {
  const char* description;
  std::string text;
  const char* object;
  const char* says;
};

class BadLines : public testing::TestWithParam<Defect> {};

TEST_P(BadLines, AreAConfigErrorHoweverTheyAreMet) {
  for (const std::size_t size : {3U, 5U, 4096U}) {
    const auto read = read_all(open(GetParam().text, {}, size));
    const auto skipped = open(GetParam().text, {}, size).skip(UINT64_MAX);
    ASSERT_FALSE(read.has_value());
    ASSERT_FALSE(skipped.has_value());
    for (const Error& error : {read.error(), skipped.error()}) {
      EXPECT_EQ(error.failure, Failure::kConfig);
      EXPECT_EQ(error.object, GetParam().object);
      EXPECT_THAT(error.problem, HasSubstr(GetParam().says));
      EXPECT_NE(error.hint, "");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadLines,
    testing::Values(Defect{"BlankLine", "foo\n\nbar\n", "list:2", "blank"},
                    Defect{"FirstLineBlank", "\nfoo\n", "list:1", "blank"},
                    Defect{"LastLineBlank", "foo\n\n", "list:2", "blank"},
                    Defect{"OnlyANewline", "\n", "list:1", "blank"},
                    Defect{"BlanksOnly", "foo\n \t \nbar", "list:2", "blank"},
                    Defect{"BlanksWithoutNewline", "foo\n  ", "list:2", "blank"},
                    Defect{"BlankCrLf", "foo\r\n\r\nbar\r\n", "list:2", "blank"},
                    Defect{"BomAndNothing", "\xef\xbb\xbf\nfoo", "list:1", "blank"},
                    Defect{"Nul", "foo\nb\0r\n"s, "list:2", "NUL"},
                    Defect{"NulAtTheEnd", "foo\nbar\0"s, "list:2", "NUL"},
                    Defect{"NulSeparated", "foo\0bar\0"s, "list:1", "NUL"},
                    Defect{"Utf16",
                           "\xff\xfe"
                           "f\0o\0\n\0"s,
                           "list:1", "NUL"}),
    [](const auto& row) { return std::string(row.param.description); });

TEST(Lines, SkipsBlankLinesAndCommentsOnRequest) {
  const std::string text = "# head\nfoo\n\n  # inner\n  \nbar # not a comment\n#";
  const auto both = read_all(open(text, {.skip_blank = true, .comments = true}, 4));
  ASSERT_TRUE(both.has_value());
  EXPECT_THAT(*both, ElementsAre("foo", "bar # not a comment"));
  EXPECT_EQ(open(text, {.skip_blank = true, .comments = true}).skip(UINT64_MAX).value(), 2U);
  EXPECT_EQ(open(text, {.skip_blank = true}).skip(UINT64_MAX).value(), 5U);
  EXPECT_FALSE(open(text, {.comments = true}).skip(UINT64_MAX).has_value());
}

TEST(Lines, RefusesNulInASkippedLineToo) {
  EXPECT_FALSE(open("#\0\nfoo\n"s, {.comments = true}).skip(UINT64_MAX).has_value());
}

TEST(Lines, HasNoItemInAnEmptyList) {
  for (const char* text : {"", "\xef\xbb\xbf"}) {
    EXPECT_EQ(open(text).skip(UINT64_MAX).value(), 0U);
    EXPECT_FALSE(open(text).next().value().has_value());
  }
}

TEST(Lines, TakesALineOfTenMebibytes) {
  const std::string line(std::size_t{10} << 20, 'x');
  Lines lines = open("foo\n" + line + "\nbar\n");
  EXPECT_EQ(lines.skip(1).value(), 1U);
  EXPECT_EQ(lines.next().value()->text, line);
  EXPECT_EQ(lines.next().value()->text, "bar");
}

TEST(Lines, RefusesALineOfMoreThanItCanKeep) {
  const std::string text = "foo\n" + std::string(kLongestItem + 1, 'x') + "\nbar\n";
  Lines wanted = open(text, {}, 1 << 20);
  EXPECT_EQ(wanted.skip(1).value(), 1U);
  const auto item = wanted.next();
  ASSERT_FALSE(item.has_value());
  EXPECT_EQ(item.error().failure, Failure::kItem);
  EXPECT_EQ(item.error().object, "list:2");
  Lines other = open(text, {}, 1 << 20);
  EXPECT_EQ(other.skip(2).value(), 2U);
  EXPECT_EQ(other.next().value()->text, "bar");
}

}  // namespace

}  // namespace indexrun::items
