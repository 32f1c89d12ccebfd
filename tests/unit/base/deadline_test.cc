// SPDX-License-Identifier: Apache-2.0
#include "base/deadline.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(Duration, TakesNumbersWithUnits) {
  const std::vector<std::pair<std::string_view, std::int64_t>> rows{{"30", 30'000},
                                                                    {"1.5s", 1500},
                                                                    {"250ms", 250},
                                                                    {"2h", 7'200'000},
                                                                    {"3m", 180'000},
                                                                    {"1d", 86'400'000},
                                                                    {"0", 0},
                                                                    {"0.0005", 1},
                                                                    {"007s", 7000},
                                                                    {"0.25m", 15'000},
                                                                    {"3650d", 315'360'000'000},
                                                                    {"1.2345678901234s", 1235},
                                                                    {"0.0ms", 0}};
  for (const auto& [text, milliseconds] : rows) {
    EXPECT_EQ(parse_duration(text), Milliseconds(milliseconds)) << text;
  }
}

TEST(Duration, RefusesEverythingElse) {
  for (const std::string_view text :
       std::vector<std::string_view>{"", "s", "-1", "+1", "1 s", "1S", "1w", ".5", "1.", "1..2",
                                     "1.2.3", "1e3", "3651d", "99999999999999999999", "infinity"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Deadline, PassesAndNeverGoesNegative) {
  EXPECT_TRUE(Deadline::now().passed());
  EXPECT_EQ(Deadline::in(Milliseconds(-5)).left(), Milliseconds(0));
  const Deadline later = Deadline::in(Milliseconds(3'600'000));
  EXPECT_FALSE(later.passed());
  EXPECT_LE(later.left(), Milliseconds(3'600'000));
  EXPECT_LT(Deadline::now(), later);
}

}  // namespace
}  // namespace indexrun
