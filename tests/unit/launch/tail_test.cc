// SPDX-License-Identifier: Apache-2.0
#include "launch/tail.h"

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

std::string last(std::uint32_t lines, std::initializer_list<std::string_view> pieces) {
  Tail tail(lines);
  for (const std::string_view piece : pieces) {
    tail.add(piece);
  }
  return tail.text();
}

TEST(Tail, KeepsTheLastLines) {
  EXPECT_EQ(last(2, {"a\nb\nc\n"}), "b\nc\n");
  EXPECT_EQ(last(2, {"a\nb\nc"}), "b\nc");
  EXPECT_EQ(last(1, {"a\nb\n", "c\n"}), "c\n");
  EXPECT_EQ(last(9, {"a\nb\n"}), "a\nb\n");
  EXPECT_EQ(last(1, {"a\n\n"}), "\n");
  EXPECT_EQ(last(2, {"\n\n\n"}), "\n\n");
  EXPECT_EQ(last(3, {}), "");
}

TEST(Tail, TakesLinesThatComeInPieces) {
  EXPECT_EQ(last(1, {"x\nlong", " li", "ne", "\n"}), "long line\n");
}

TEST(Tail, ItsMemoryDoesNotGrow) {
  Tail tail(5);
  for (int i = 0; i < 1000; ++i) {
    tail.add(std::string(5000, static_cast<char>('a' + i % 26)));
  }
  tail.add("end\n");
  EXPECT_EQ(tail.text().size(), Tail::kMost);
  EXPECT_TRUE(tail.text().ends_with("lend\n"));
}

}  // namespace
}  // namespace indexrun::launch
