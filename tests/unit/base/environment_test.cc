// SPDX-License-Identifier: Apache-2.0
#include "base/environment.h"

#include <array>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

Environment sample() {
  constexpr std::array<const char*, 6> kEntries{"A=1", "AB=2", "EMPTY=", "ODD", "A=again", nullptr};
  return Environment::copy(kEntries.data());
}

TEST(Environment, FindsByWholeName) {
  const Environment environment = sample();
  EXPECT_EQ(environment.get("A"), "1");
  EXPECT_EQ(environment.get("AB"), "2");
  EXPECT_EQ(environment.get("EMPTY"), "");
  EXPECT_EQ(environment.get("B"), std::nullopt);
  EXPECT_EQ(environment.get("ODD"), std::nullopt);
}

TEST(Environment, ReplacesInPlaceAndAppends) {
  Environment environment = sample();
  environment.set("AB", "x=y");
  environment.set("NEW", "n");
  EXPECT_EQ(environment.get("AB"), "x=y");
  EXPECT_EQ(environment.entries().at(1), "AB=x=y");
  EXPECT_EQ(environment.entries().back(), "NEW=n");
}

TEST(Environment, RemovesEveryEntryOfAName) {
  Environment environment = sample();
  environment.unset("A");
  EXPECT_EQ(environment.get("A"), std::nullopt);
  EXPECT_EQ(environment.entries().size(), 3U);
}

TEST(VariableName, IsWhatAShellCanRead) {
  for (const char* name : {"A", "_", "a_1", "Z9"}) {
    EXPECT_TRUE(is_variable_name(name)) << name;
  }
  for (const char* name : {"", "1A", "A-B", "A.B", "A B", "A=", "\xc3\xa9"}) {
    EXPECT_FALSE(is_variable_name(name)) << name;
  }
}

}  // namespace
}  // namespace indexrun
