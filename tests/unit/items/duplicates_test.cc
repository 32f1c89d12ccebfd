// SPDX-License-Identifier: Apache-2.0
// Finding an item that is there twice.
#include "items/duplicates.h"

#include <string>

#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

TEST(Duplicates, GivesTheEarlierPosition) {
  Duplicates seen;
  EXPECT_EQ(seen.add("foo", 0), std::nullopt);
  EXPECT_EQ(seen.add("bar", 1), std::nullopt);
  EXPECT_EQ(seen.add("", 2), std::nullopt);
  EXPECT_EQ(seen.add("foo", 3), 0U);
  EXPECT_EQ(seen.add("", 4), 2U);
}

TEST(Duplicates, KnowsManyItems) {
  Duplicates seen;
  for (std::uint32_t i = 0; i < 200000; ++i) {
    ASSERT_EQ(seen.add(std::to_string(i), i), std::nullopt);
  }
  for (std::uint32_t i = 0; i < 200000; i += 997) {
    ASSERT_EQ(seen.add(std::to_string(i), 200000), i);
  }
}

}  // namespace
}  // namespace indexrun::items
