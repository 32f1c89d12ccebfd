// SPDX-License-Identifier: Apache-2.0
// Values in texts, and the wording of errors.
#include "templates/expand.h"

#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::templates {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

items::Item photo() {
  items::Item item;
  item.text = "photos/cat.tar.gz";
  item.fields = {{"color", "red"}, {"index", "99"}, {"n", "-7"}, {"a.b", "nested"}};
  item.position = 3;
  item.task = 13;
  item.count = 5;
  return item;
}

items::Item item_of(std::string text) {
  items::Item item;
  item.text = std::move(text);
  return item;
}

std::string expanded(std::string_view text, const items::Item& item = photo()) {
  auto result = expand(text, {.item = item, .attempt = 2});
  return result ? *result : "error: " + result.error().problem;
}

struct Row {
  std::string_view text;
  std::string_view expected;
};

constexpr Row kRows[] = {
    {"{}", "photos/cat.tar.gz"},
    {"{item}", "photos/cat.tar.gz"},
    {"{/}", "cat.tar.gz"},
    {"{//}", "photos"},
    {"{.}", "photos/cat.tar"},
    {"{/.}", "cat.tar"},
    {"{item/.}", "cat.tar"},
    {"{color}", "red"},
    {"{item.color}", "red"},
    {"{item.1}", "red"},
    {"{item.3}", "-7"},
    {"{a.b}", "nested"},
    {"{item.index}", "99"},
    {"{number}", "4"},
    {"{#}", "4"},
    {"{task}", "13"},
    {"{count}", "5"},
    {"{attempt}", "2"},
    {"{task:%05d}", "00013"},
    {"{n:%05d}", "-0007"},
    {"{/:%12s}", "  cat.tar.gz"},
    {"out/{number:%03d}-{/.}.txt", "out/004-cat.tar.txt"},
    {"--x={{}}", "--x={}"},
};

TEST(Expand, PutsValuesIn) {
  for (const Row& row : kRows) {
    EXPECT_EQ(expanded(row.text), row.expected) << row.text;
  }
}

TEST(Expand, NeverExpandsAValueAgain) {
  const items::Item item = item_of("{index} ${HOME} {{}} %d $(id)");
  EXPECT_EQ(expanded("<{}>", item), "<{index} ${HOME} {{}} %d $(id)>");
}

TEST(Expand, ValuesAreBytes) {
  const items::Item item = item_of(std::string("a\0b\n\xFF", 5));
  EXPECT_EQ(expanded("{item}", item), std::string("a\0b\n\xFF", 5));
}

TEST(Expand, AnEmptyItemIsAValue) {
  EXPECT_EQ(expanded("[{}]", items::Item{}), "[]");
}

Error error_of(std::string_view text, const items::Item& item = photo(), const Style& style = {}) {
  auto result = expand(text, {.item = item}, style);
  return result ? Error{.problem = "no error"} : result.error();
}

TEST(Expand, AnUnknownNameListsTheKnownOnes) {
  const Error error = error_of("{indx:%05d}", item_of("x"));
  EXPECT_EQ(error.failure, Failure::kConfig);
  EXPECT_EQ(error.stage, "templates");
  EXPECT_THAT(error.problem, HasSubstr("'{indx:%05d}'"));
  EXPECT_THAT(error.hint, AllOf(HasSubstr("did you mean {index}?"),
                                HasSubstr("item, index, number, task, count, tasks, attempt;"),
                                HasSubstr("no fields"), HasSubstr("write {{indx:%05d}}")));
}

TEST(Expand, NamesThatNotEveryWorkerHasAreOfferedToo) {
  EXPECT_THAT(error_of("{rol}", item_of("x")).hint, HasSubstr("did you mean {role}?"));
  EXPECT_THAT(error_of("{slto}", item_of("x")).hint, HasSubstr("did you mean {slot}?"));
  EXPECT_THAT(error_of("{itms}", item_of("x")).hint, HasSubstr("did you mean {items}?"));
  EXPECT_THAT(error_of("{itm}", item_of("x")).hint, HasSubstr("did you mean {item}?"));
}

TEST(Expand, AnUnknownFieldListsTheFields) {
  const Error error = error_of("{item.colr}");
  EXPECT_EQ(error.failure, Failure::kConfig);
  EXPECT_THAT(error.hint,
              AllOf(HasSubstr("did you mean {item.color}?"),
                    HasSubstr("fields: 'color', 'index', 'n'"), HasSubstr("write {{item.colr}}")));
}

TEST(Expand, ALongListOfFieldsIsCut) {
  items::Item item;
  for (int i = 0; i < 500; ++i) {
    item.fields.push_back({"column" + std::to_string(i), ""});
  }
  const Error error = error_of("{zzz}", item);
  EXPECT_THAT(error.hint, AllOf(HasSubstr("'column19', ..."), Not(HasSubstr("column20"))));
}

TEST(Expand, OtherDelimitersAreShownInTheHint) {
  const Error error = error_of("<<tsk>>", photo(), {.open = "<<", .close = ">>"});
  EXPECT_THAT(error.hint,
              AllOf(HasSubstr("did you mean <<task>>?"), HasSubstr("write <<<<tsk>>>>")));
}

TEST(Expand, AFieldNamedLikeABuiltInNeedsItsPrefix) {
  const Error error = error_of("{index}");
  EXPECT_EQ(error.failure, Failure::kConfig);
  EXPECT_THAT(error.hint, HasSubstr("{item.index}"));
}

TEST(Expand, ABadModifierOrPaddingSaysWhatIsTaken) {
  EXPECT_THAT(error_of("{item/x}").problem, HasSubstr("'/x' is not one of the modifiers"));
  EXPECT_THAT(error_of("{item./}").problem, HasSubstr("'./' is not one of the modifiers"));
  EXPECT_THAT(error_of("{item..}").problem, HasSubstr("'..' is not one of the modifiers"));
  EXPECT_THAT(error_of("{item.1./}").problem, HasSubstr("'./' is not one of the modifiers"));
  EXPECT_THAT(error_of("{task:%d}").problem, HasSubstr("':%d' is no padding"));
  EXPECT_THAT(error_of("{task:%d}").hint, HasSubstr("write {{task:%d}}"));
  EXPECT_THAT(error_of("{item.9}").problem, HasSubstr("it has 4"));
}

TEST(Expand, DecimalPaddingOfTextIsAnErrorOfTheItem) {
  const Error error = error_of("{color:%05d}");
  EXPECT_EQ(error.failure, Failure::kItem);
  EXPECT_THAT(error.problem, AllOf(HasSubstr("'{color:%05d}'"), HasSubstr("'red'")));
}

TEST(Expand, WhatIsNotKnownIsAnError) {
  for (const std::string_view text : {"{count}", "{tasks}", "{items}", "{slot}", "{role}"}) {
    const Error error = error_of(text, item_of("x"));
    EXPECT_EQ(error.failure, Failure::kConfig) << text;
    EXPECT_THAT(error.problem, HasSubstr(std::string(text))) << text;
  }
}

TEST(Expand, TasksAreKnownWhereTheEngineSaysSo) {
  items::Item item;
  item.tasks = 40;
  EXPECT_EQ(expanded("{tasks}", item), "40");
}

TEST(Expand, TheErrorNamesTheLine) {
  EXPECT_EQ(error_of("{item}\n\nx {indx}").object, "3");
  EXPECT_EQ(error_of("{color:%3d}").object, "1");
}

TEST(MentionsCount, SeesPlaceholdersOnly) {
  for (const char* text : {"{count}", "x{tasks:%03d}", "{count/}"}) {
    EXPECT_TRUE(mentions_count(text)) << text;
  }
  for (const char* text : {"", "count", "{{count}}", "${count}", "{item.count}", "{index}"}) {
    EXPECT_FALSE(mentions_count(text)) << text;
  }
  EXPECT_TRUE(mentions_count("<count>", {.open = "<", .close = ">"}));
  EXPECT_FALSE(mentions_count("{count}", {.open = "<", .close = ">"}));
}

TEST(FindNameless, SeesBareForms) {
  EXPECT_EQ(find_nameless("a{}b", false), "{}");
  EXPECT_EQ(find_nameless("{/} {.}", false), "");
  EXPECT_EQ(find_nameless("{item} {/} {.}", true), "{/}");
  EXPECT_EQ(find_nameless("{#}", true), "{#}");
  EXPECT_EQ(find_nameless("{{}} {item} ${}", true), "");
}

}  // namespace
}  // namespace indexrun::templates
