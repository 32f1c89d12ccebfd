// SPDX-License-Identifier: Apache-2.0
// Items between NUL bytes.
#include "items/nul_separated.h"

#include "pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

NulSeparated open(const std::string& text, LineRules rules = {}, std::size_t size = 3) {
  return {std::make_unique<Pieces>(text, size), rules};
}

TEST(NulSeparated, TheLastItemMayHaveNoNul) {
  for (const std::string& text : {"foo\0bar\nbaz\0 q\r\0"s, "foo\0bar\nbaz\0 q\r"s}) {
    NulSeparated items = open(text);
    EXPECT_THAT(*texts_of(items), ElementsAre("foo", "bar\nbaz", " q\r"));
    EXPECT_EQ(*open(text).skip(UINT64_MAX), 3U);
  }
}

TEST(NulSeparated, ABlankItemIsAnErrorUnlessSkipped) {
  for (const std::string& text : {"a\0\0b\0"s, "a\0 \n\0b\0"s}) {
    const auto skipped = open(text).skip(UINT64_MAX);
    ASSERT_FALSE(skipped.has_value());
    EXPECT_EQ(skipped.error().failure, Failure::kConfig);
    EXPECT_EQ(skipped.error().object, "list: item 2");
    NulSeparated items = open(text, {.skip_blank = true});
    EXPECT_THAT(*texts_of(items), ElementsAre("a", "b"));
  }
}

TEST(NulSeparated, CommentsAreLeftOutOnRequest) {
  NulSeparated items = open("#a\0b\0"s, {.comments = true});
  EXPECT_THAT(*texts_of(items), ElementsAre("b"));
  NulSeparated data = open("#a\0b\0"s);
  EXPECT_THAT(*texts_of(data), ElementsAre("#a", "b"));
}

}  // namespace
}  // namespace indexrun::items
