// SPDX-License-Identifier: Apache-2.0
#include "given.h"
#include "share/logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

std::string checked(const std::string& name, std::vector<std::string> items) {
  Spec spec;
  spec.log_name = name;
  Given given(std::move(items));
  const auto result = check_log_names(spec, Texts(spec, true), given);
  if (!result) {
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    return result.error().problem;
  }
  const auto first = given.next();
  EXPECT_TRUE(first && *first && (*first)->position == 0) << "not rewound";
  return "";
}

TEST(LogNames, ThatAllDifferAreFine) {
  EXPECT_EQ(checked("{}", {"a", "b", "c"}), "");
  EXPECT_EQ(checked("{index}", {"a", "a", "a"}), "");
  EXPECT_EQ(checked("{}-{index}", {"a", "a"}), "");
}

TEST(LogNames, ThatAreTheSameAreNamedWithTheirItems) {
  EXPECT_EQ(checked("x-{}", {"a", "b", "c", "b", "a"}),
            "items 1 and 3 have the same log name 'x-b'");
  EXPECT_EQ(checked("{}", {"a/b", "x", "a//b"}), "items 0 and 2 have the same log name 'a/b'");
  EXPECT_EQ(checked("{slot}", {"a", "b"}), "items 0 and 1 have the same log name '0'");
}

TEST(LogNames, ThatLeaveTheDirectoryAreRefusedWhereverTheyStand) {
  EXPECT_THAT(checked("{}", {"a", "b", "../c"}), testing::HasSubstr("'../c'"));
  EXPECT_THAT(checked("../{index}", {"a"}), testing::HasSubstr("'../0'"));
}

TEST(LogNames, OfItemsThatFailAnywayAreLeftForLater) {
  EXPECT_EQ(checked("{:%03d}", {"1", "x", "2"}), "");
  EXPECT_EQ(checked("{}", {"1", "!", "2"}), "");
}

TEST(LogNames, OfManyItemsAreComparedQuickly) {
  std::vector<std::string> items;
  for (int i = 0; i < 20'000; ++i) {
    items.push_back("item-" + std::to_string(i));
  }
  EXPECT_EQ(checked("{}", items), "");
  items.push_back("item-12345");
  EXPECT_EQ(checked("{}", items), "items 12345 and 20000 have the same log name 'item-12345'");
}

}  // namespace
}  // namespace indexrun::share
