// SPDX-License-Identifier: Apache-2.0
// Rows as items with fields.
#include "items/columns.h"

#include "items/format.h"
#include "pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::unique_ptr<Reader> open(const std::string& text, Format format = Format::kCsv,
                             bool header = true) {
  return *read_as(format, std::make_unique<Pieces>(text, 64), {.header = header});
}

TEST(Columns, TheHeaderNamesTheFields) {
  const auto table = open("name,\"the size\"\n\"a, \"\"b\"\"\",1\r\nc,\n");
  const auto first = table->next();
  ASSERT_TRUE(first.has_value() && first->has_value());
  EXPECT_EQ((*first)->text, "\"a, \"\"b\"\"\",1");
  EXPECT_THAT(fields_of(**first), ElementsAre("name=a, \"b\"", "the size=1"));
  EXPECT_EQ((*first)->origin, "list:2");
  EXPECT_THAT(fields_of(**table->next()), ElementsAre("name=c", "the size="));
  EXPECT_FALSE(table->next()->has_value());
}

TEST(Columns, WithoutAHeaderTheyAreNumbered) {
  const auto table = open("x,y\nz,w\n", Format::kCsv, false);
  EXPECT_THAT(fields_of(**table->next()), ElementsAre("1=x", "2=y"));
  EXPECT_EQ(*table->skip(UINT64_MAX), 1U);
  EXPECT_EQ(*open("x,y\nz,w\n", Format::kCsv, false)->skip(UINT64_MAX), 2U);
  const auto other = open("x,y\nz,w\n", Format::kCsv, false);
  EXPECT_EQ(*other->skip(1), 1U);
  EXPECT_EQ((*other->next())->text, "z,w");
}

TEST(Columns, TheHeaderIsNoItem) {
  EXPECT_EQ(*open("a,b\n1,2\n3,4\n")->skip(UINT64_MAX), 2U);
  EXPECT_EQ(*open("a,b\n")->skip(UINT64_MAX), 0U);
  EXPECT_EQ(*open("")->skip(UINT64_MAX), 0U);
}

TEST(Columns, TsvHasNoQuotes) {
  const auto table = open("a\tb\n\"x\t y, z\"\n", Format::kTsv);
  EXPECT_THAT(fields_of(**table->next()), ElementsAre("a=\"x", "b= y, z\""));
}

TEST(Columns, ABadHeaderConcernsEveryIndex) {
  struct Row {
    const char* header;
    const char* problem;
  };
  for (const Row& row : {Row{"a,b,a\n1,2,3\n", "called 'a'"}, Row{"a,,b\n1,2,3\n", "column 2"},
                         Row{"a,b,\n1,2,3\n", "column 3"}, Row{"a,\"\"\n1,2\n", "column 2"}}) {
    const auto skipped = open(row.header)->skip(1);
    ASSERT_FALSE(skipped.has_value()) << row.header;
    EXPECT_EQ(skipped.error().failure, Failure::kConfig);
    EXPECT_EQ(skipped.error().object, "list:1");
    EXPECT_THAT(skipped.error().problem, HasSubstr(row.problem));
  }
  EXPECT_EQ(open(std::string(5000, ',') + "\n")->next().error().failure, Failure::kConfig);
}

TEST(Columns, ARaggedRowConcernsItsOwnIndex) {
  const auto table = open("a,b\n1\n1,2,3\n1,2\n");
  for (const char* found : {"has 1 field,", "has 3 fields,"}) {
    const auto row = table->next();
    ASSERT_FALSE(row.has_value());
    EXPECT_EQ(row.error().failure, Failure::kItem);
    EXPECT_THAT(row.error().problem, HasSubstr(found));
  }
  EXPECT_EQ((*table->next())->text, "1,2");
  EXPECT_EQ(*open("a,b\n1\n1,2,3\n1,2\n")->skip(UINT64_MAX), 3U);
}

TEST(Columns, ALongRowIsNotKeptAsFields) {
  EXPECT_EQ(split_csv(std::string(1'000'000, ',')).size(), kMostFields + 1);
}

}  // namespace
}  // namespace indexrun::items
