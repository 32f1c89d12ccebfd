// SPDX-License-Identifier: Apache-2.0
// The items of one task.
#include "items/share.h"

#include "temporary.h"

#include <thread>

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

index::Index at(std::uint64_t position, std::uint64_t base = 0) {
  index::Index index;
  index.position = position;
  index.base = base;
  index.task = base + position;
  return index;
}

Result<std::vector<std::string>> read_all(Sequence& share) {
  std::vector<std::string> items;
  for (;;) {
    TRY(auto item, share.next());
    if (!item) {
      return items;
    }
    items.push_back(std::to_string(item->position) + item->text);
  }
}

class ShareOfItems : public testing::Test {
 protected:
  ShareOfItems() { spec_.shares.wanted = true; }

  Result<std::vector<std::string>> texts(const index::Index& index) {
    TRY(auto share, Share::open(spec_, index, environment_));
    return read_all(*share);
  }
  /// Its class is kInternal if there was none.
  Error error(const index::Index& index) {
    const auto share = Share::open(spec_, index, environment_);
    return share ? Error{.problem = "no error"} : share.error();
  }
  void list(const std::string& content) {
    spec_.source = File{.path = folder_.file("items.txt", content)};
  }

  Temporary folder_;
  Environment environment_;
  Spec spec_;
};

TEST_F(ShareOfItems, IsABlock) {
  list("a\nb\nc\nd\ne\nf\ng\n");
  spec_.shares.tasks = 5;
  EXPECT_THAT(texts(at(0)).value(), ElementsAre("0a", "1b"));
  EXPECT_THAT(texts(at(1)).value(), ElementsAre("2c", "3d"));
  EXPECT_THAT(texts(at(4)).value(), ElementsAre("6g"));
}

TEST_F(ShareOfItems, IsARound) {
  list("a\nb\nc\nd\ne\nf\ng\n");
  spec_.shares.tasks = 3;
  spec_.shares.split = Split::kCyclic;
  EXPECT_THAT(texts(at(1)).value(), ElementsAre("1b", "4e"));
  spec_.shares = {.per_task = 2, .split = Split::kCyclic, .wanted = true};
  EXPECT_THAT(texts(at(1)).value(), ElementsAre("1b", "5f"));
}

TEST_F(ShareOfItems, HasAFixedNumberOfItemsPerTask) {
  spec_.source = Inline{{"a", "b", "c", "d", "e"}};
  spec_.shares.per_task = 2;
  EXPECT_THAT(texts(at(0)).value(), ElementsAre("0a", "1b"));
  EXPECT_THAT(texts(at(2)).value(), ElementsAre("4e"));
}

TEST_F(ShareOfItems, IsBalancedByWeight) {
  spec_.source = File{.path = folder_.file("list.csv", "name,size\na,1\nb,5\nc,3\nd,2\n")};
  spec_.shares = {.tasks = 2, .split = Split::kWeight, .weight = "size", .wanted = true};
  EXPECT_THAT(texts(at(0)).value(), ElementsAre("0a,1", "1b,5"));
  EXPECT_THAT(texts(at(1)).value(), ElementsAre("2c,3", "3d,2"));
}

TEST_F(ShareOfItems, KnowsItsNumbers) {
  list("a\nb\nc\nd\n");
  spec_.shares.tasks = 2;
  auto share = Share::open(spec_, at(1, 10), environment_).value();
  EXPECT_EQ(share->size(), 2U);
  EXPECT_EQ(share->task().position, 1U);
  EXPECT_EQ(share->task().task, 11U);
  EXPECT_EQ(share->task().count, 4U);
  EXPECT_EQ(share->task().tasks, 2U);
  EXPECT_EQ(share->task().share_size, 2U);
  EXPECT_EQ(share->task().origin, folder_.path("items.txt"));
  const auto item = share->next().value();
  EXPECT_EQ(item->position, 2U);
  EXPECT_EQ(item->task, 11U);
  EXPECT_EQ(item->count, 4U);
  EXPECT_EQ(item->tasks, 2U);
  EXPECT_EQ(item->worker, 1U);
  EXPECT_FALSE(item->again);
  EXPECT_FALSE(item->share_size.has_value());
}

TEST_F(ShareOfItems, BeginsAgain) {
  list("a\nb\nc\n");
  spec_.shares.tasks = 1;
  auto share = Share::open(spec_, at(0), environment_).value();
  ASSERT_TRUE(share->next().has_value());
  ASSERT_TRUE(share->rewind().has_value());
  EXPECT_THAT(read_all(*share).value(), ElementsAre("0a", "1b", "2c"));
  EXPECT_FALSE(share->next().value().has_value());
}

TEST_F(ShareOfItems, ComesFromAPipe) {
  ASSERT_EQ(mkfifo(folder_.path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder_.path("pipe")) << "a\nb\nc\n"; });
  spec_.source = File{.path = folder_.path("pipe")};
  spec_.shares.tasks = 2;
  const auto items = texts(at(1));
  writer.join();
  EXPECT_THAT(items.value(), ElementsAre("2c"));
}

TEST_F(ShareOfItems, IsThatOfAnEarlierRun) {
  list("a\nb\nc\nd\n");
  spec_.shares.tasks = 4;
  spec_.only = "1,3";
  auto share = Share::open(spec_, at(1), environment_).value();
  EXPECT_EQ(share->task().position, 3U);
  EXPECT_TRUE(share->task().again);
  EXPECT_THAT(read_all(*share).value(), ElementsAre("3d"));
  EXPECT_EQ(error(at(2)).failure, Failure::kItem);
  EXPECT_EQ(error(at(2)).object, "--only");
  spec_.only = "1,4";
  EXPECT_EQ(error(at(0)).failure, Failure::kConfig);
  EXPECT_THAT(error(at(0)).problem, AllOf(HasSubstr("4"), HasSubstr("4 tasks")));
}

TEST_F(ShareOfItems, MayBeEmpty) {
  list("a\nb\n");
  spec_.shares.tasks = 4;
  EXPECT_THAT(texts(at(3)).value(), IsEmpty());
  EXPECT_EQ(error(at(4)).failure, Failure::kItem);
  spec_.shares.fail_when_empty = true;
  EXPECT_EQ(error(at(3)).failure, Failure::kItem);
  EXPECT_THAT(error(at(3)).problem, AllOf(HasSubstr("2 items"), HasSubstr("4 tasks")));
}

TEST_F(ShareOfItems, IsOneOfAsManyAsTheEngineRuns) {
  list("a\nb\nc\n");
  index::Index index = at(1, 1);
  index.engine = "slurm";
  EXPECT_EQ(error(index).failure, Failure::kConfig);
  EXPECT_THAT(error(index).hint, HasSubstr("--tasks"));
  index.announced = {.first = 1, .last = 3, .count = 3};
  EXPECT_THAT(texts(index).value(), ElementsAre("1b"));
  spec_.shares.tasks = 2;
  EXPECT_EQ(error(index).failure, Failure::kConfig);
  EXPECT_THAT(error(index).problem, AllOf(HasSubstr("2 tasks"), HasSubstr("3 tasks, 1 to 3")));
  index.announced = {.first = 1, .last = 2};
  EXPECT_THAT(texts(index).value(), ElementsAre("2c"));
  index.announced = {.last = 3};
  EXPECT_EQ(error(index).failure, Failure::kConfig);
  EXPECT_THAT(error(index).hint, HasSubstr("--only"));
  index.base = 0;
  index.announced = {.first = 1, .last = 2, .count = 2};
  EXPECT_THAT(error(index).hint, HasSubstr("--base 1"));
}

TEST_F(ShareOfItems, IsOfAListThatWasChecked) {
  list("a\nb\n");
  spec_.shares.tasks = 2;
  spec_.expect_count = 3;
  EXPECT_EQ(error(at(0)).failure, Failure::kConfig);
  spec_.expect_count = {};
  list("");
  EXPECT_EQ(error(at(0)).failure, Failure::kConfig);
}

TEST_F(ShareOfItems, IsNotDividedByWeightsThatAreNone) {
  spec_.shares = {.tasks = 2, .split = Split::kWeight, .weight = "size", .wanted = true};
  spec_.source = File{.path = folder_.file("list.csv", "name,size\na,1\nb,x\n")};
  EXPECT_EQ(error(at(0)).failure, Failure::kConfig);
  EXPECT_EQ(error(at(0)).object, folder_.path("list.csv") + ":3");
  spec_.source = File{.path = folder_.file("ragged.csv", "name,size\na,1\nb\n")};
  EXPECT_EQ(error(at(0)).failure, Failure::kConfig);
  EXPECT_EQ(error(at(0)).object, folder_.path("ragged.csv") + ":3");
}

TEST_F(ShareOfItems, DoesNotMindADefectInAnotherShare) {
  spec_.source = File{.path = folder_.file("list.csv", "a,b\n1\n2,2\n")};
  spec_.shares.tasks = 2;
  EXPECT_THAT(texts(at(1)).value(), ElementsAre("12,2"));
  EXPECT_EQ(texts(at(0)).error().failure, Failure::kItem);
}

TEST_F(ShareOfItems, IsOfTheListThatWasCounted) {
  list("a\nb\nc\n");
  spec_.shares.tasks = 1;
  auto share = Share::open(spec_, at(0), environment_).value();
  ASSERT_TRUE(share->next().has_value());
  std::ofstream(folder_.path("items.txt"), std::ios::app) << "d\n";
  EXPECT_EQ(share->next().error().failure, Failure::kInput);
  ASSERT_TRUE(share->rewind().has_value());
  EXPECT_EQ(share->next().error().failure, Failure::kInput);
}

}  // namespace
}  // namespace indexrun::items
