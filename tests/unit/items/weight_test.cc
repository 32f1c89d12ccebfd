// SPDX-License-Identifier: Apache-2.0
// Weights of items.
#include "items/weight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

Item item_with(std::vector<Field> fields) {
  Item item;
  item.text = "7";
  item.fields = std::move(fields);
  item.origin = "list.csv:2";
  return item;
}

TEST(Weight, IsAPlainDecimalNumber) {
  struct Row {
    const char* text;
    std::optional<double> weight;
  };
  for (const Row& row : {
           Row{"0", 0},
           Row{"12", 12},
           Row{"007", 7},
           Row{"1.5", 1.5},
           Row{"0.25", 0.25},
           Row{"123456789012345678", 123456789012345678.0},
           Row{"1234567890123456789", std::nullopt},
           Row{"", std::nullopt},
           Row{".5", std::nullopt},
           Row{"5.", std::nullopt},
           Row{"1.2.3", std::nullopt},
           Row{"-1", std::nullopt},
           Row{"+1", std::nullopt},
           Row{"1e3", std::nullopt},
           Row{"0x10", std::nullopt},
           Row{"1,5", std::nullopt},
           Row{" 1", std::nullopt},
           Row{"nan", std::nullopt},
       }) {
    EXPECT_EQ(parse_weight(row.text), row.weight) << row.text;
  }
}

TEST(Weight, StandsInAFieldOrIsTheItem) {
  Item item = item_with({{"size", "3"}, {"name", "x"}});
  EXPECT_EQ(weight_of(item, "size").value(), 3);
  EXPECT_EQ(weight_of(item, "item").value(), 7);
  item.fields.push_back({"item", "9"});
  EXPECT_EQ(weight_of(item, "item").value(), 9);
}

TEST(Weight, IsMissingLoudly) {
  const Item item = item_with({{"size", "big"}});
  for (const auto& [field, said] : {std::pair{"weight", "'weight'"}, std::pair{"size", "'big'"}}) {
    const Error error = weight_of(item, field).error();
    EXPECT_EQ(error.failure, Failure::kConfig);
    EXPECT_EQ(error.object, "list.csv:2");
    EXPECT_THAT(error.problem, testing::HasSubstr(said));
  }
}

}  // namespace
}  // namespace indexrun::items
