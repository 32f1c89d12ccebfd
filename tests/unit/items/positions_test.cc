// SPDX-License-Identifier: Apache-2.0
// Positions of an earlier run.
#include "items/positions.h"

#include "items/select.h"
#include "temporary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;

TEST(Positions, AreThoseOfFailedIndexes) {
  const auto positions = *Positions::read("1,3-5,7");
  ASSERT_EQ(positions.count(), 5U);
  const std::uint64_t expected[] = {1, 3, 4, 5, 7};
  for (std::uint64_t place = 0; place < 5; ++place) {
    EXPECT_EQ(positions.at(place), expected[place]);
    EXPECT_TRUE(positions.contains(expected[place]));
  }
  for (const std::uint64_t other : {0U, 2U, 6U, 8U}) {
    EXPECT_FALSE(positions.contains(other)) << other;
  }
  EXPECT_EQ(Positions::read("0-9223372036854775807")->count(), std::uint64_t{1} << 63);
}

TEST(Positions, MayStandInAFile) {
  const Temporary folder;
  EXPECT_EQ(Positions::read("@" + folder.file("a", "2-4\n"))->count(), 3U);
  EXPECT_EQ(Positions::read("@" + folder.file("c",
                                              "\xef\xbb\xbf"
                                              "2-4\r\n"))
                ->count(),
            3U);
  EXPECT_EQ(Positions::read("@").error().object, "--only");
  EXPECT_EQ(Positions::read("@" + folder.path("none")).error().system_error, ENOENT);
  EXPECT_FALSE(Positions::read("@" + folder.file("b", "\n")).has_value());
}

TEST(Positions, RefuseAnyOtherText) {
  for (const char* text : {"", ",", "1,", ",1", "1,,2", "1-", "-1", "3-2", "1, 2", "a", "1-2-3",
                           "2,1", "1,1", "1-3,3", "0x1", "1..3", "9223372036854775808"}) {
    const auto positions = Positions::read(text);
    ASSERT_FALSE(positions.has_value()) << text;
    EXPECT_EQ(positions.error().failure, Failure::kConfig) << text;
    EXPECT_EQ(positions.error().object, "--only") << text;
  }
}

TEST(Positions, TheWorkerKeepsTheNumberItHad) {
  const Spec spec{.source = Inline{{"a", "b", "c", "d"}}, .only = "1,3"};
  index::Index index;
  index.task = 1;
  index.position = 1;
  index.announced = {.first = 0, .last = 1, .count = 2};
  const auto item = select(spec, index, {});
  ASSERT_TRUE(item.has_value()) << item.error().message();
  EXPECT_EQ(item->text, "d");
  EXPECT_EQ(item->position, 3U);
  EXPECT_EQ(item->task, 3U);
  EXPECT_EQ(item->count, 4U);
  EXPECT_EQ(item->tasks, 4U);
  EXPECT_TRUE(item->again);
  index.announced.last = 2;
  EXPECT_EQ(select(spec, index, {}).error().failure, Failure::kConfig);
  index.announced = {};
  index.position = 2;
  EXPECT_EQ(select(spec, index, {}).error().failure, Failure::kItem);
  index.position = 0;
  const auto beyond = select({.source = Inline{{"a", "b"}}, .only = "0,2"}, index, {});
  ASSERT_FALSE(beyond.has_value());
  EXPECT_EQ(beyond.error().failure, Failure::kConfig);
  EXPECT_THAT(beyond.error().problem, HasSubstr("position 2"));
}

}  // namespace
}  // namespace indexrun::items
