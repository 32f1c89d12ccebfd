// SPDX-License-Identifier: Apache-2.0
// Numbers at equal distances.
#include "items/progression.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

TEST(Progression, HoldsBothEnds) {
  struct Row {
    const char* text;
    std::vector<std::string> numbers;
  };
  for (const Row& row :
       {Row{"1..3", {"1", "2", "3"}}, Row{"3..1", {"3", "2", "1"}}, Row{"5..5", {"5"}},
        Row{"-2..1", {"-2", "-1", "0", "1"}}, Row{"0..10..3", {"0", "3", "6", "9"}},
        Row{"10..0..5", {"10", "5", "0"}}, Row{"0..-1", {"0", "-1"}},
        Row{"9223372036854775806..9223372036854775807",
            {"9223372036854775806", "9223372036854775807"}},
        Row{"-9223372036854775808..9223372036854775807..18446744073709551615",
            {"-9223372036854775808", "9223372036854775807"}}}) {
    std::string fault;
    const auto numbers = parse_progression(row.text, fault);
    ASSERT_TRUE(numbers.has_value()) << row.text << " " << fault;
    std::vector<std::string> found;
    for (std::uint64_t i = 0; i < numbers->count; ++i) {
      found.push_back(numbers->at(i));
      EXPECT_EQ(numbers->find(found.back()), i) << row.text;
    }
    EXPECT_THAT(found, ElementsAreArray(row.numbers)) << row.text;
  }
}

TEST(Progression, RefusesWhatIsNone) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "expected A..B"},
      {"1", "expected A..B"},
      {"1..", "expected A..B"},
      {"..2", "expected A..B"},
      {"1...2", "expected A..B"},
      {"1..2..", "expected A..B"},
      {"1..2..-1", "expected A..B"},
      {"1..2..3..4", "expected A..B"},
      {"+1..2", "expected A..B"},
      {"1 ..2", "expected A..B"},
      {"0x1..2", "expected A..B"},
      {"1.5..2", "expected A..B"},
      {"a..c", "expected A..B"},
      {"0..9223372036854775808", "expected A..B"},
      {"1..2..0", "at least 1"},
      {"001..010", "without leading zeros"},
      {"-07..8", "without leading zeros"},
      {"-9223372036854775808..9223372036854775807", "more than 2^63"},
  };
  for (const auto& [text, problem] : rows) {
    std::string fault;
    EXPECT_FALSE(parse_progression(text, fault).has_value()) << text;
    EXPECT_THAT(fault, HasSubstr(problem)) << text;
  }
}

TEST(Progression, FindsOnlyItsOwnNumbers) {
  std::string fault;
  const auto numbers = *parse_progression("0..10..3", fault);
  for (const char* other : {"1", "12", "-3", "x", "", "10"}) {
    EXPECT_FALSE(numbers.find(other).has_value()) << other;
  }
}

}  // namespace
}  // namespace indexrun::items
