// SPDX-License-Identifier: Apache-2.0
#include "share/texts.h"

#include "given.h"

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

std::string log_name(const std::string& text, const std::string& item = "a") {
  Spec spec;
  spec.log_name = text;
  const auto name = Texts(spec, true).log_name(item_at(3, item), {.attempt = 1, .slot = 2});
  return name ? *name : "error: " + std::to_string(static_cast<int>(name.error().failure));
}

const std::string kRefused = "error: " + std::to_string(static_cast<int>(Failure::kConfig));

TEST(LogName, IsExpandedAndSpelledInOneWay) {
  EXPECT_EQ(log_name("{index}-{slot}-{attempt}"), "3-2-1");
  EXPECT_EQ(log_name("./x//{}/./y"), "x/a/y");
  EXPECT_EQ(log_name("..a/b.."), "..a/b..");
}

TEST(LogName, StaysInItsDirectory) {
  for (const char* name : {"/x", "..", "../x", "x/..", "x/../y", "x/", ".", "./."}) {
    EXPECT_EQ(log_name(name), kRefused) << name;
  }
  EXPECT_EQ(log_name("{}", "../x"), kRefused);
  EXPECT_EQ(log_name("x/{}", ".."), kRefused);
}

TEST(Texts, ThatAreNotGivenAreEmpty) {
  const Spec spec;
  const Texts texts(spec, true);
  EXPECT_EQ(*texts.prefix(item_at(0, "a"), {}), "");
  EXPECT_EQ(*texts.existing_path(item_at(0, "a"), {}), "");
}

TEST(Texts, AreTakenAsTheyAreWithoutTemplates) {
  Spec spec;
  spec.prefix = "{index}: ";
  EXPECT_EQ(*Texts(spec, false).prefix(item_at(5, "a"), {}), "{index}: ");
  EXPECT_EQ(*Texts(spec, true).prefix(item_at(5, "a"), {}), "5: ");
}

TEST(DistinctNames, NeedTheNumberAndNothingElse) {
  struct Row {
    const char* text;
    bool distinct;
  };
  for (const Row& row :
       {Row{"{index}", true}, Row{"job-{number:%05d}.log", true}, Row{"{#}", true},
        Row{"{}", false}, Row{"log", false}, Row{"{index}{item}", false}, Row{"{slot}", false},
        Row{"{{index}}", false}, Row{"${index}", false}, Row{"{task}", false}}) {
    EXPECT_EQ(names_are_distinct(row.text), row.distinct) << row.text;
  }
}

TEST(TurnStandsApart, WhereSomethingThatIsNoDigitSeparatesItFromOtherValues) {
  for (const char* text : {"{index}", "{slot}/{index}", "{item}-{slot}", "{slot}", "a{attempt}.log",
                           "{index}{item}", "{slot}{{index}}"}) {
    EXPECT_TRUE(turn_stands_apart(text)) << text;
  }
  for (const char* text : {"{index}{slot}", "{slot}{index}", "{slot}{attempt}", "{item}0{slot}",
                           "{attempt:%02d}17{item}"}) {
    EXPECT_FALSE(turn_stands_apart(text)) << text;
  }
}

TEST(MentionsTurn, FindsSlotAndAttempt) {
  EXPECT_TRUE(mentions_turn("x {slot} y"));
  EXPECT_TRUE(mentions_turn("{attempt:%02d}"));
  EXPECT_FALSE(mentions_turn("{index} {{slot}} ${slot} slot"));
}

}  // namespace
}  // namespace indexrun::share
