// SPDX-License-Identifier: Apache-2.0
// Job lists.
#include "items/command_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CommandLines read(std::string_view text, LineRules rules = {}) {
  return {std::make_unique<TextBytes>("jobs", text), rules};
}

TEST(CommandLines, AnItemIsTheLineAndItsWords) {
  CommandLines jobs = read("a 'b c'\r\nd");
  const auto first = jobs.next();
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->text, "a 'b c'");
  EXPECT_EQ((*first)->origin, "jobs:1");
  EXPECT_THAT((*first)->command, ElementsAre("a", "b c"));
  const auto second = jobs.next();
  ASSERT_TRUE(second && *second);
  EXPECT_THAT((*second)->command, ElementsAre("d"));
  const auto end = jobs.next();
  EXPECT_TRUE(end && !*end);
}

TEST(CommandLines, ShellSyntaxConcernsItsOwnIndexOnly) {
  CommandLines jobs = read("a | b\nc $x\nd e\n");
  const auto passed = jobs.skip(1);
  ASSERT_TRUE(passed);
  EXPECT_EQ(*passed, 1U);
  const auto second = jobs.next();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().failure, Failure::kItem);
  EXPECT_EQ(second.error().object, "jobs:2");
  const auto third = jobs.next();
  ASSERT_TRUE(third && *third) << "after the defect";
  EXPECT_THAT((*third)->command, ElementsAre("d", "e"));
}

TEST(CommandLines, AnOpenQuoteConcernsEverybody) {
  for (const char* text : {"a\nb 'c\n", "a\nb \"c\n", "a\nb c\\\n"}) {
    CommandLines jobs = read(text);
    const auto passed = jobs.skip(UINT64_MAX);
    ASSERT_FALSE(passed) << text;
    EXPECT_EQ(passed.error().failure, Failure::kConfig);
    EXPECT_EQ(passed.error().object, "jobs:2");
  }
}

TEST(CommandLines, CommentsAreLeftOutOrRefused) {
  CommandLines jobs = read("# a\n  # b\nc\n\n", {.skip_blank = true, .comments = true});
  const auto passed = jobs.skip(UINT64_MAX);
  ASSERT_TRUE(passed);
  EXPECT_EQ(*passed, 1U);
  const auto refused = read("c\n# a\n").skip(UINT64_MAX);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().failure, Failure::kConfig);
  EXPECT_EQ(refused.error().object, "jobs:2");
  EXPECT_THAT(refused.error().hint, HasSubstr("--comments"));
}

TEST(CommandLines, ADirectiveIsNoComment) {
  const auto passed = read("a\n#DISBATCH BARRIER\nb\n", {.comments = true}).skip(UINT64_MAX);
  ASSERT_FALSE(passed);
  EXPECT_EQ(passed.error().failure, Failure::kConfig);
  EXPECT_THAT(passed.error().problem, HasSubstr("disBatch"));
}

TEST(CommandLines, AProgramHasAName) {
  const auto item = read("'' a\n").next();
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().failure, Failure::kItem);
}

}  // namespace
}  // namespace indexrun::items
