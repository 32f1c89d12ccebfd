// SPDX-License-Identifier: Apache-2.0
#include "base/near_miss.h"

#include <array>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

constexpr std::array<std::string_view, 5> kNames{"items", "items-file", "item", "index", "ro"};

TEST(NearMiss, FindsTypingErrors) {
  EXPECT_EQ(near_miss("itms", kNames), "items");
  EXPECT_EQ(near_miss("idnex", kNames), "index") << "swapped neighbours";
  EXPECT_EQ(near_miss("items-fiel", kNames), "items-file");
  EXPECT_EQ(near_miss("iten", kNames), "item");
}

TEST(NearMiss, StaysSilentOnAnythingElse) {
  EXPECT_EQ(near_miss("completely-else", kNames), std::nullopt);
  EXPECT_EQ(near_miss("", kNames), std::nullopt);
  EXPECT_EQ(near_miss("xy", kNames), std::nullopt);
  EXPECT_EQ(near_miss(std::string_view("x").substr(1), kNames), std::nullopt);
}

}  // namespace
}  // namespace indexrun
