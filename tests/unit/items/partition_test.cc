// SPDX-License-Identifier: Apache-2.0
// Which items are whose.
#include "items/partition.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint64_t> positions(const Part& part) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t place = 0; place < part.size; ++place) {
    all.push_back(part.position(place));
  }
  return all;
}

std::vector<std::uint64_t> sizes(const Partition& partition) {
  std::vector<std::uint64_t> all;
  for (std::uint64_t task = 0; task < partition.tasks(); ++task) {
    all.push_back(partition.part(task).size);
  }
  return all;
}

Partition weighed(const std::vector<double>& values, std::uint64_t tasks) {
  std::vector<Weight> weights;
  for (const double value : values) {
    weights.push_back({.weight = value, .position = static_cast<std::uint32_t>(weights.size())});
  }
  return Partition::by_weight(std::move(weights), tasks);
}

/// Every position is in exactly one part, in ascending order, and its owner is that part's task.
void expect_exact(const Partition& partition, std::uint64_t items) {
  std::vector<int> seen(items, 0);
  for (std::uint64_t task = 0; task < partition.tasks(); ++task) {
    const auto own = positions(partition.part(task));
    EXPECT_TRUE(std::ranges::is_sorted(own));
    for (const std::uint64_t position : own) {
      ASSERT_LT(position, items);
      ++seen[position];
      EXPECT_EQ(partition.owner(position), task);
    }
  }
  EXPECT_THAT(seen, testing::Each(1)) << items << " items, " << partition.tasks() << " tasks";
}

TEST(Partition, GivesEveryItemToExactlyOneTask) {
  for (std::uint64_t items = 0; items < 60; ++items) {
    std::vector<double> values;
    for (std::uint64_t i = 0; i < items; ++i) {
      values.push_back(static_cast<double>((i * 7) % 11));
    }
    for (std::uint64_t tasks = 1; tasks < 20; ++tasks) {
      expect_exact(Partition::block(items, tasks), items);
      expect_exact(Partition::chunks(items, tasks), items);
      expect_exact(Partition::cyclic(items, tasks), items);
      expect_exact(weighed(values, tasks), items);
    }
  }
}

TEST(Partition, OfBlocksGivesTheFirstTasksOneMore) {
  EXPECT_THAT(sizes(Partition::block(7, 5)), ElementsAre(2, 2, 1, 1, 1));
  EXPECT_THAT(sizes(Partition::block(10, 4)), ElementsAre(3, 3, 2, 2));
  EXPECT_THAT(sizes(Partition::block(2, 4)), ElementsAre(1, 1, 0, 0));
  EXPECT_THAT(positions(Partition::block(10, 4).part(2)), ElementsAre(6, 7));
}

TEST(Partition, OfChunksGivesTheLastTaskTheRest) {
  EXPECT_THAT(sizes(Partition::chunks(10, 4)), ElementsAre(4, 4, 2));
  EXPECT_THAT(sizes(Partition::chunks(8, 4)), ElementsAre(4, 4));
  EXPECT_THAT(sizes(Partition::chunks(3, 4)), ElementsAre(3));
}

TEST(Partition, OfRoundsDealsTheItemsOut) {
  EXPECT_THAT(positions(Partition::cyclic(10, 4).part(1)), ElementsAre(1, 5, 9));
  EXPECT_THAT(sizes(Partition::cyclic(10, 4)), ElementsAre(3, 3, 2, 2));
  EXPECT_THAT(sizes(Partition::cyclic(2, 4)), ElementsAre(1, 1, 0, 0));
}

TEST(Partition, ByWeightGivesTheHeaviestItemToTheLightestTask) {
  struct Row {
    const char* description;
    std::vector<double> weights;
    std::uint64_t tasks;
    std::vector<std::uint64_t> owners;
  };
  for (const Row& row : {
           Row{"longest first", {1, 5, 3, 2}, 2, {0, 0, 1, 1}},
           Row{"equal items go by position, equal tasks by number", {2, 2, 2}, 2, {0, 1, 0}},
           Row{"fractions", {0.5, 1.5, 1}, 2, {1, 0, 1}},
           Row{"more tasks than items", {1, 2}, 4, {1, 0}},
           Row{"one task", {3, 1, 2}, 1, {0, 0, 0}},
       }) {
    const Partition partition = weighed(row.weights, row.tasks);
    std::vector<std::uint64_t> owners;
    for (std::uint64_t i = 0; i < row.weights.size(); ++i) {
      owners.push_back(partition.owner(i));
    }
    EXPECT_EQ(owners, row.owners) << row.description;
  }
}

TEST(Partition, TakesAllOf64Bits) {
  constexpr std::uint64_t kMost = UINT64_MAX;
  const Partition block = Partition::block(kMost, kMost - 1);
  EXPECT_EQ(block.part(0).size, 2U);
  EXPECT_EQ(block.part(kMost - 2).first, kMost - 1);
  EXPECT_EQ(block.owner(kMost - 1), kMost - 2);
  const Partition halves = Partition::block(kMost, 2);
  EXPECT_EQ(halves.part(1).first + halves.part(1).size, kMost);
  EXPECT_EQ(halves.owner(kMost - 1), 1U);
  const Partition cyclic = Partition::cyclic(kMost, kMost - 1);
  EXPECT_EQ(positions(cyclic.part(0)), (std::vector<std::uint64_t>{0, kMost - 1}));
  EXPECT_EQ(cyclic.part(kMost - 2).size, 1U);
  const Partition chunks = Partition::chunks(kMost, kMost - 1);
  EXPECT_EQ(chunks.tasks(), 2U);
  EXPECT_EQ(positions(chunks.part(1)), (std::vector<std::uint64_t>{kMost - 1}));
  EXPECT_EQ(Partition::chunks(kMost, 1).tasks(), kMost);
  EXPECT_THAT(positions(Partition::block(1, kMost).part(kMost - 1)), IsEmpty());
  EXPECT_EQ(weighed({1, 2, 3}, kMost).part(kMost - 1).size, 0U);
}

TEST(Part, IsShownAsRanges) {
  struct Row {
    const char* description;
    Part part;
    const char* text;
  };
  for (const Row& row : {
           Row{"a block", Partition::block(10, 4).part(1), "3-5"},
           Row{"one item", Partition::block(7, 5).part(4), "6"},
           Row{"nothing", Partition::block(1, 2).part(1), ""},
           Row{"a round", Partition::cyclic(10, 4).part(1), "1,5,9"},
           Row{"a long round", Partition::cyclic(100, 4).part(1), "1,5,9,..."},
           Row{"all items of a round", Partition::cyclic(4, 1).part(0), "0-3"},
           Row{"listed", {.size = 5, .listed = {0, 1, 4, 6, 7}}, "0-1,4,6-7"},
       }) {
    EXPECT_EQ(row.part.text(3), row.text) << row.description;
  }
}

}  // namespace
}  // namespace indexrun::items
