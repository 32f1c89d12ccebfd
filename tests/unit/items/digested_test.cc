// SPDX-License-Identifier: Apache-2.0
// A list that is digested while it is read.
#include "items/digested.h"

#include "items/json_lines.h"
#include "items/lines.h"

#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;

constexpr const char* kFooBar = "d78931fcf2660108eec0d6674ecb4e02401b5256a6b5ee82527766ef6d198c67";
const std::optional<std::string> kNone;

std::unique_ptr<Reader> lines(std::string_view text, const std::optional<std::string>& expected) {
  return digested(std::make_unique<Lines>(std::make_unique<TextBytes>("list", text), LineRules{}),
                  expected);
}

std::unique_ptr<Reader> json_lines(std::string_view text,
                                   const std::optional<std::string>& expected) {
  return digested(
      std::make_unique<JsonLines>(std::make_unique<TextBytes>("list", text), LineRules{}),
      expected);
}

std::uint64_t passed(Reader& reader, std::uint64_t count) {
  const auto skipped = reader.skip(count);
  EXPECT_TRUE(skipped);
  return skipped ? *skipped : 0;
}

TEST(Digested, IsTheSameForEveryWayToWriteTheLines) {
  for (const char* text : {"foo\nbar\n", "foo\nbar", "foo\r\nbar\r\n",
                           "\xef\xbb\xbf"
                           "foo\r\nbar"}) {
    const auto reader = lines(text, kNone);
    EXPECT_EQ(reader->digest(), "") << "before the end";
    EXPECT_EQ(passed(*reader, UINT64_MAX), 2U);
    EXPECT_EQ(reader->digest(), kFooBar) << text;
  }
}

TEST(Digested, GoesOverItemsThatAreReadAndThatArePassedOver) {
  const auto reader = lines("foo\nbar\n", kNone);
  ASSERT_EQ(passed(*reader, 1), 1U);
  const auto item = reader->next();
  ASSERT_TRUE(item && *item);
  EXPECT_EQ((*item)->text, "bar");
  EXPECT_EQ((*item)->origin, "list:2");
  EXPECT_EQ(reader->digest(), "") << "the end has not been seen";
  EXPECT_EQ(passed(*reader, 5), 0U);
  EXPECT_EQ(reader->digest(), kFooBar);
}

TEST(Digested, GoesOverTheItemsAndNotTheirNotation) {
  const auto reader = json_lines("\"foo\"\n \"b\\u0061r\" \n", kNone);
  EXPECT_EQ(passed(*reader, UINT64_MAX), 2U);
  EXPECT_EQ(reader->digest(), kFooBar);
}

TEST(Digested, RefusesOtherItemsAtTheEnd) {
  const std::optional<std::string> expected = kFooBar;
  EXPECT_TRUE(lines("foo\nbar\n", expected)->skip(UINT64_MAX));
  for (const char* text : {"foo\n", "bar\nfoo\n", "foo\nbar \n", "foo\nbar\nbaz\n"}) {
    const auto reader = lines(text, expected);
    EXPECT_TRUE(reader->skip(1)) << text;
    const auto rest = reader->skip(UINT64_MAX);
    ASSERT_FALSE(rest) << text;
    EXPECT_EQ(rest.error().failure, Failure::kConfig);
    EXPECT_EQ(rest.error().object, "list");
    EXPECT_THAT(rest.error().problem, HasSubstr(std::string("expected ") + kFooBar));
    EXPECT_FALSE(reader->next()) << "and again";
  }
}

TEST(Digested, ADefectThatIsPassedOverCostsTheDigestOnly) {
  const auto reader = json_lines("1\nnull\n3\n4\n", kNone);
  EXPECT_EQ(passed(*reader, 2), 2U);
  const auto item = reader->next();
  ASSERT_TRUE(item && *item);
  EXPECT_EQ((*item)->text, "3");
  EXPECT_EQ(passed(*reader, UINT64_MAX), 1U);
  EXPECT_EQ(reader->digest(), "");
}

TEST(Digested, WithAnExpectedDigestADefectConcernsEverybody) {
  const std::optional<std::string> expected = kFooBar;
  const auto reader = json_lines("1\nnull\n3\n", expected);
  const auto all = reader->skip(UINT64_MAX);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().failure, Failure::kConfig);
  EXPECT_EQ(all.error().object, "list:2");
}

}  // namespace
}  // namespace indexrun::items
