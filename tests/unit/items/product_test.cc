// SPDX-License-Identifier: Apache-2.0
// Numbers and combinations as items.
#include "items/product.h"

#include "items/count.h"
#include "pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts(const Product& product) {
  auto reader = open_product(product);
  EXPECT_TRUE(reader.has_value()) << reader.error().message();
  return *texts_of(**reader);
}

TEST(Range, CountsAHugeOneAtOnce) {
  EXPECT_EQ(*count({.source = Range{"1..1000000000000"}}, {}), 1'000'000'000'000U);
  const auto reader = *open_range({"10..1000000000000"});
  EXPECT_EQ(*reader->skip(999'999'999'990), 999'999'999'990U);
  EXPECT_EQ((*reader->next())->text, "1000000000000");
  EXPECT_FALSE(reader->next()->has_value());
  EXPECT_EQ(open_range({"1..2..0"}).error().failure, Failure::kConfig);
}

TEST(Product, TheLastParameterIsTheFastest) {
  const Product product{.parameters = {"lr=0.1,0.01", "seed=1..3"}, .exclude = {}};
  EXPECT_THAT(texts(product), ElementsAre("lr=0.1 seed=1", "lr=0.1 seed=2", "lr=0.1 seed=3",
                                          "lr=0.01 seed=1", "lr=0.01 seed=2", "lr=0.01 seed=3"));
  const auto reader = *open_product(product);
  EXPECT_EQ(*reader->skip(4), 4U);
  EXPECT_THAT(fields_of(**reader->next()), ElementsAre("lr=0.01", "seed=2"));
}

TEST(Product, ZipGoesSideBySide) {
  EXPECT_THAT(texts({.parameters = {"a=x,y", "b=2..1"}, .zip = true, .exclude = {}}),
              ElementsAre("a=x b=2", "a=y b=1"));
  const auto uneven = open_product({.parameters = {"a=x,y", "b=1..3"}, .zip = true, .exclude = {}});
  ASSERT_FALSE(uneven.has_value());
  EXPECT_EQ(uneven.error().failure, Failure::kConfig);
  EXPECT_THAT(uneven.error().problem, HasSubstr("3 values, expected 2"));
}

TEST(Product, ExclusionsLeaveOutWhatMeetsAllTheirConditions) {
  const Product product{.parameters = {"a=1..3", "b=x,y"}, .exclude = {"a=2,b=y", "a=3"}};
  EXPECT_THAT(texts(product), ElementsAre("a=1 b=x", "a=1 b=y", "a=2 b=x"));
  EXPECT_EQ(*(*open_product(product))->skip(UINT64_MAX), 3U);
  const auto reader = *open_product(product);
  EXPECT_EQ(*reader->skip(2), 2U);
  EXPECT_EQ((*reader->next())->text, "a=2 b=x");
}

TEST(Product, NothingIsStored) {
  const auto reader =
      *open_product({.parameters = {"a=1..1000000000", "b=1..1000000000"}, .exclude = {}});
  EXPECT_EQ(*reader->skip(999'999'999'999'999'999), 999'999'999'999'999'999U);
  EXPECT_EQ((*reader->next())->text, "a=1000000000 b=1000000000");
}

TEST(Product, RefusesWhatCannotBeMeant) {
  struct Row {
    const char* description;
    Product product;
    const char* problem;
  };
  for (const Row& row : {
           Row{"no name", {{"=1"}, false, {}}, "expected NAME="},
           Row{"no values", {{"a"}, false, {}}, "expected NAME="},
           Row{"bad name", {{"a b=1"}, false, {}}, "expected NAME="},
           Row{"empty", {{"a="}, false, {}}, "empty"},
           Row{"empty in the middle", {{"a=1,,2"}, false, {}}, "empty"},
           Row{"empty at the end", {{"a=1,"}, false, {}}, "empty"},
           Row{"blank after a comma", {{"a=1, 2"}, false, {}}, "' 2' of a begins or ends"},
           Row{"blank at the end", {{"a=1 ,2"}, false, {}}, "'1 ' of a begins or ends"},
           Row{"broken numbers", {{"a=0.1..0.5"}, false, {}}, "whole numbers"},
           Row{"half a range", {{"a=1.."}, false, {}}, "expected A..B"},
           Row{"two ranges", {{"a=1..3,7..9"}, false, {}}, "range '1..3' among"},
           Row{"leading zeros", {{"a=01..10"}, false, {}}, "leading zeros"},
           Row{"step 0", {{"a=1..2..0"}, false, {}}, "at least 1"},
           Row{"twice", {{"a=1", "a=2"}, false, {}}, "given twice"},
           Row{"too many", {{"a=1..10000000000", "b=1..10000000000"}, false, {}}, "2^63"},
           Row{"unknown name", {{"a=1"}, false, {"b=1"}}, "NAME=VALUE of a parameter"},
           Row{"unknown value", {{"a=1,2"}, false, {"a=3"}}, "no value of a"},
           Row{"unknown number", {{"a=1..9"}, false, {"a=10"}}, "no value of a"},
           Row{"empty exclusion", {{"a=1"}, false, {"a=1,"}}, "expected NAME=VALUE["},
           Row{"too many to exclude from", {{"a=1..99999999"}, false, {"a=1"}}, "to exclude from"},
       }) {
    const auto reader = open_product(row.product);
    ASSERT_FALSE(reader.has_value()) << row.description;
    EXPECT_EQ(reader.error().failure, Failure::kConfig) << row.description;
    EXPECT_THAT(reader.error().problem, HasSubstr(row.problem)) << row.description;
  }
}

TEST(Product, PathsWithDotsAreNoRanges) {
  const auto reader = *open_product({.parameters = {"a=../x,..,v1..v2"}, .exclude = {}});
  for (const char* text : {"a=../x", "a=..", "a=v1..v2"}) {
    EXPECT_EQ((*reader->next())->text, text);
  }
}

TEST(Product, AValueThatStandsTwiceIsFoundByCount) {
  const Spec spec{.source = Product{.parameters = {"a=1,2,1"}, .exclude = {}}};
  ASSERT_FALSE(count(spec, {}).has_value());
  EXPECT_THAT(count(spec, {}).error().problem, HasSubstr("same as item 0"));
}

}  // namespace
}  // namespace indexrun::items
