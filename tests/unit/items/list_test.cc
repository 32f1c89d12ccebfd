// SPDX-License-Identifier: Apache-2.0
// All items, and how many there are.
#include "items/list.h"

#include "items/count.h"
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

Result<std::vector<std::string>> read_all(List& list) {
  std::vector<std::string> items;
  for (;;) {
    TRY(auto item, list.next());
    if (!item) {
      return items;
    }
    EXPECT_EQ(item->position, items.size());
    EXPECT_EQ(item->task, items.size());
    EXPECT_EQ(item->count, list.count());
    items.push_back(std::move(item->text));
  }
}

class ListOfItems : public testing::Test {
 protected:
  Spec file(const std::string& content) {
    return {.source = File{.path = folder_.file("items.txt", content)}};
  }
  Temporary folder_;
  Environment environment_;
};

TEST_F(ListOfItems, ComesInOrderFromEverySource) {
  static_cast<void>(folder_.file("dir/a", "foo"));
  static_cast<void>(folder_.file("dir/b", "bar"));
  static_cast<void>(folder_.file("dir/c", "baz"));
  environment_.set("LIST", "foo\nbar\nbaz");
  for (const Spec& spec :
       {file("foo\nbar\nbaz\n"), Spec{.source = Inline{{"foo", "bar", "baz"}}},
        Spec{.source = Variable{"LIST"}}, Spec{.source = Directory{folder_.path("dir")}}}) {
    auto list = List::open(spec, environment_);
    ASSERT_TRUE(list.has_value()) << list.error().message();
    EXPECT_EQ(list->count(), 3U);
    EXPECT_THAT(read_all(*list).value(), ElementsAre("foo", "bar", "baz"));
    EXPECT_EQ(count(spec, environment_).value(), 3U);
  }
}

TEST_F(ListOfItems, ComesFromAPipe) {
  ASSERT_EQ(mkfifo(folder_.path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder_.path("pipe")) << "foo\nbar\n"; });
  const Spec spec{.source = File{.path = folder_.path("pipe")}};
  auto list = List::open(spec, environment_);
  writer.join();
  ASSERT_TRUE(list.has_value());
  EXPECT_THAT(read_all(*list).value(), ElementsAre("foo", "bar"));
}

TEST_F(ListOfItems, HasNoDuplicates) {
  const Spec spec = file("foo\nbar\nfoo\nbar\n");
  for (const Error& error :
       {List::open(spec, environment_).error(), count(spec, environment_).error()}) {
    EXPECT_EQ(error.failure, Failure::kConfig);
    EXPECT_EQ(error.object, folder_.path("items.txt") + ":3");
    EXPECT_THAT(error.problem, AllOf(HasSubstr("item 2"), HasSubstr("item 0"), HasSubstr("'foo'")));
    EXPECT_THAT(error.hint, HasSubstr("--allow-duplicates"));
  }
}

TEST_F(ListOfItems, HasDuplicatesOnRequest) {
  Spec spec = file("foo\nfoo\n");
  spec.allow_duplicates = true;
  EXPECT_EQ(count(spec, environment_).value(), 2U);
  auto list = List::open(spec, environment_);
  ASSERT_TRUE(list.has_value());
  EXPECT_THAT(read_all(*list).value(), ElementsAre("foo", "foo"));
}

TEST_F(ListOfItems, IsCheckedBeforeTheFirstItemComes) {
  Spec wrong = file("foo\nbar\n");
  wrong.expect_count = 3;
  EXPECT_EQ(List::open(wrong, environment_).error().failure, Failure::kConfig);
  EXPECT_EQ(List::open(file("foo\n\nbar\n"), environment_).error().failure, Failure::kConfig);
  EXPECT_EQ(List::open(file(""), environment_).error().failure, Failure::kConfig);
  EXPECT_EQ(count(file(""), environment_).error().failure, Failure::kConfig);
}

TEST_F(ListOfItems, IsTheOneThatWasCountedAlsoWhenAnotherHasItsName) {
  const Spec spec = file("foo\nbar\n");
  auto list = List::open(spec, environment_);
  ASSERT_TRUE(list.has_value());
  std::filesystem::rename(folder_.file("new", "oof\nrab\n"), folder_.path("items.txt"));
  EXPECT_THAT(read_all(*list).value(), ElementsAre("foo", "bar"));
}

}  // namespace
}  // namespace indexrun::items
