// SPDX-License-Identifier: Apache-2.0
#include "base/record.h"

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(Record, KeepsOrderAndReplacesInPlace) {
  Record record;
  record.set("b", std::uint64_t{1});
  record.set("a", std::string("x"));
  record.set("b", std::uint64_t{2});
  ASSERT_EQ(record.entries().size(), 2U);
  EXPECT_EQ(record.entries().front().first, "b");
  EXPECT_EQ(record.get("b"), Record::Value(std::uint64_t{2}));
}

TEST(Record, KnowsNothingOfKeysNeverSet) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(Record().get("missing")));
}

}  // namespace
}  // namespace indexrun
