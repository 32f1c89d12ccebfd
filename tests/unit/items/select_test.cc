// SPDX-License-Identifier: Apache-2.0
// From the index to the item.
#include "items/select.h"

#include "items/bytes.h"
#include "temporary.h"

#include <thread>

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using namespace std::string_literals;

index::Index at(std::uint64_t position, std::uint64_t base = 0) {
  index::Index index;
  index.task = position + base;
  index.base = base;
  index.position = position;
  index.engine = "slurm";
  index.source = "SLURM_ARRAY_TASK_ID";
  return index;
}

Spec inline_items(std::vector<std::string> items) {
  return {.source = Inline{std::move(items)}};
}

class Select : public testing::Test {
 protected:
  Result<Item> from_text(const std::string& text, std::uint64_t position, Spec spec = {}) {
    spec.source = File{.path = folder_.file("items.txt", text)};
    return select(spec, at(position), environment_);
  }

  Temporary folder_;
  Environment environment_;
};

TEST_F(Select, TheTutorial) {
  const Spec spec = inline_items({"foo", "bar", "baz", "qux", "xyz"});
  const auto item = select(spec, at(3), environment_);
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->text, "qux");
  EXPECT_EQ(item->position, 3U);
  EXPECT_EQ(item->task, 3U);
  EXPECT_EQ(item->count, 5U);
  EXPECT_EQ(item->tasks, 5U);
  EXPECT_EQ(item->origin, "--items");
}

TEST_F(Select, FromAFile) {
  const auto item = from_text("foo\nbar\nbaz\nqux\nxyz\n", 3);
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->text, "qux");
  EXPECT_EQ(item->origin, folder_.path("items.txt") + ":4");
  EXPECT_EQ(item->count, 5U);
}

TEST_F(Select, KeepsTheEnginesNumber) {
  const auto item = select(inline_items({"foo", "bar"}), at(1, 1), environment_);
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->text, "bar");
  EXPECT_EQ(item->position, 1U);
  EXPECT_EQ(item->task, 2U);
}

TEST_F(Select, FromAVariableWithoutALastNewline) {
  environment_.set("LIST", "foo\nbar\nbaz");
  const auto item = select({.source = Variable{"LIST"}}, at(2), environment_);
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->text, "baz");
  EXPECT_EQ(item->origin, "LIST:3");
}

// Each is a shell idiom that would go wrong without a word, with exit status 0.

// echo ${items[9]}: an empty line. head -n 9 | tail -n 1: the last item once more.
TEST_F(Select, PastTheEndIsNeitherEmptyNorTheLastItem) {
  for (const std::uint64_t position : {std::uint64_t{5}, std::uint64_t{9}, UINT64_MAX}) {
    const auto item = select(inline_items({"foo", "bar", "baz", "qux", "xyz"}), at(position), {});
    ASSERT_FALSE(item.has_value());
    EXPECT_EQ(item.error().failure, Failure::kItem);
    EXPECT_THAT(item.error().problem,
                AllOf(HasSubstr("no item " + std::to_string(position)), HasSubstr("5 items")));
    EXPECT_NE(item.error().hint, "");
    EXPECT_EQ(from_text("foo\nbar\n", position).error().failure, Failure::kItem);
  }
}

// while read line; do ...; done < list
TEST_F(Select, TheLastItemWithoutANewlineIsNotLost) {
  EXPECT_EQ(from_text("foo\nbar", 1)->text, "bar");
  EXPECT_EQ(from_text("foo\nbar", 1)->count, 2U);
}

// sed -n "${N}p" of a CRLF file: the value ends in a carriage return.
TEST_F(Select, NoCarriageReturnIsLeftAtTheEnd) {
  EXPECT_EQ(from_text("a\r\nb\r\n", 0)->text, "a");
}

// echo ${items[i]} without quotes.
TEST_F(Select, NothingIsExpandedDroppedOrCollapsed) {
  for (const char* text : {"*", "-n", "a   b", "$HOME", "`id`", "a\\tb", "'", "~", "-e x"}) {
    EXPECT_EQ(select(inline_items({text}), at(0), {})->text, text);
    EXPECT_EQ(from_text(std::string(text) + "\n", 0)->text, text);
  }
}

// Seven items with five completions lose two.
TEST_F(Select, AWrongCountIsNoticedByEveryIndex) {
  for (const std::uint64_t position : {0U, 4U, 6U, 9U}) {
    const auto item = from_text("1\n2\n3\n4\n5\n6\n7\n", position, {.expect_count = 5});
    ASSERT_FALSE(item.has_value());
    EXPECT_EQ(item.error().failure, Failure::kConfig);
    EXPECT_THAT(item.error().problem, AllOf(HasSubstr("7 items"), HasSubstr("expected 5")));
  }
  EXPECT_EQ(from_text("1\n2\n3\n4\n5\n", 4, {.expect_count = 5})->text, "5");
}

TEST_F(Select, RefusesAnEmptyList) {
  environment_.set("LIST", "");
  EXPECT_EQ(from_text("", 0).error().failure, Failure::kConfig);
  EXPECT_EQ(from_text("# nothing\n", 0, {.comments = true}).error().failure, Failure::kConfig);
  EXPECT_EQ(select(inline_items({}), at(0), {}).error().failure, Failure::kConfig);
  EXPECT_EQ(select({.source = Variable{"LIST"}}, at(0), environment_).error().failure,
            Failure::kConfig);
  EXPECT_EQ(select({}, at(0), {}).error().failure, Failure::kConfig);
}

TEST_F(Select, RefusesEmptyInlineItems) {
  const auto item = select(inline_items({"foo", "", "bar"}), at(0), {});
  ASSERT_FALSE(item.has_value());
  EXPECT_EQ(item.error().failure, Failure::kConfig);
  EXPECT_THAT(item.error().problem, HasSubstr("item 1 is empty"));
}

TEST_F(Select, SaysWhyAVariableIsNoList) {
  const auto unset = select({.source = Variable{"LIST"}}, at(0), environment_);
  ASSERT_FALSE(unset.has_value());
  EXPECT_THAT(unset.error().hint, HasSubstr("optional"));
  environment_.set("LIST", "$(OTHER)");
  const auto literal = select({.source = Variable{"LIST"}}, at(0), environment_);
  ASSERT_FALSE(literal.has_value());
  EXPECT_THAT(literal.error().problem, HasSubstr("never replaced"));
}

TEST_F(Select, FindsADefectInAShortListWhereverItIs) {
  const auto blank = from_text("foo\nbar\n\nbaz\n", 0);
  ASSERT_FALSE(blank.has_value());
  EXPECT_EQ(blank.error().failure, Failure::kConfig);
  EXPECT_EQ(blank.error().object, folder_.path("items.txt") + ":3");
  EXPECT_EQ(from_text("foo\nbar\0\n"s, 0).error().failure, Failure::kConfig);
}

TEST_F(Select, StopsAtTheWantedLineOfALongList) {
  std::string text = "foo\nbar\n";
  text += std::string(kShortList, 'x') + "\n\n";
  const auto early = from_text(text, 1);
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(early->text, "bar");
  EXPECT_EQ(early->count, std::nullopt);
  EXPECT_FALSE(from_text(text, 1, {.count_wanted = true}).has_value());
  EXPECT_FALSE(from_text(text, 1, {.expect_count = 4}).has_value());
}

TEST_F(Select, ChecksTheWholeAnnouncedRange) {
  struct Row {
    const char* description;
    std::uint64_t base, task, first, last;
    bool fits;
    const char* hint;
  };
  for (const Row& row :
       {Row{"0-4", 0, 0, 0, 4, true, ""}, Row{"1-5 from 1", 1, 1, 1, 5, true, ""},
        Row{"a part", 0, 3, 1, 3, true, ""}, Row{"1-5 from 0", 0, 2, 1, 5, false, "--base 1"},
        Row{"0-4 from 1", 1, 2, 0, 4, false, "--base"},
        Row{"0-5", 0, 0, 0, 5, false, "submit tasks 0 to 4"},
        Row{"1-6", 0, 1, 1, 6, false, "submit tasks"},
        Row{"huge", 0, 0, 0, UINT64_MAX, false, "submit tasks"}}) {
    index::Index index = at(row.task - row.base, row.base);
    index.announced = {.first = row.first, .last = row.last, .count = 3};
    const auto item = select(inline_items({"a", "b", "c", "d", "e"}), index, {});
    ASSERT_EQ(item.has_value(), row.fits) << row.description;
    if (row.fits) {
      EXPECT_EQ(item->tasks, 3U) << row.description;
    } else {
      EXPECT_EQ(item.error().failure, Failure::kConfig) << row.description;
      EXPECT_THAT(item.error().hint, HasSubstr(row.hint)) << row.description;
    }
  }
}

TEST_F(Select, RefusesWhatIsNoListFile) {
  const auto missing = select({.source = File{.path = folder_.path("none")}}, at(0), {});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().failure, Failure::kConfig);
  EXPECT_EQ(missing.error().system_error, ENOENT);
  const auto directory = select({.source = File{.path = folder_.path()}}, at(0), {});
  ASSERT_FALSE(directory.has_value());
  EXPECT_EQ(directory.error().system_error, EISDIR);
  EXPECT_EQ(directory.error().failure, Failure::kConfig);
}

TEST_F(Select, RefusesAnExtensionThatItCannotRead) {
  for (const char* name : {"items.xz", "items.ZIP", "items.txt.zst"}) {
    const File file{.path = folder_.file(name, "foo\nbar\n")};
    const auto item = select({.source = file}, at(0), {});
    ASSERT_FALSE(item.has_value()) << name;
    EXPECT_EQ(item.error().failure, Failure::kConfig) << name;
    EXPECT_THAT(item.error().hint, HasSubstr("--format lines")) << name;
    const File lines{.path = file.path, .format = Format::kLines};
    EXPECT_TRUE(select({.source = lines}, at(0), {}).has_value()) << name;
  }
  for (const char* name : {"items", "items.txt", "items.list", ".csv", "a.csv/items"}) {
    const File file{.path = folder_.file(name, "foo\n")};
    EXPECT_TRUE(select({.source = file}, at(0), {}).has_value()) << name;
  }
}

TEST_F(Select, ReadsAPipe) {
  ASSERT_EQ(mkfifo(folder_.path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(folder_.path("pipe")) << "foo\nbar\nbaz\n"; });
  const auto item = select({.source = File{.path = folder_.path("pipe")}}, at(1), {});
  writer.join();
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->text, "bar");
}

TEST(InlineItems, AreNoReferencesThatKubernetesDidNotExpand) {
  const auto item = select(inline_items({"a", "$(ITEMS)"}), at(0), {});
  ASSERT_FALSE(item.has_value());
  EXPECT_EQ(item.error().failure, Failure::kConfig);
  EXPECT_THAT(item.error().hint, ::testing::HasSubstr("--items-env ITEMS"));
  for (const char* text : {"$(date)x", "$()", "$(a b)", "x$(ITEMS)", "$ITEMS"}) {
    EXPECT_TRUE(select(inline_items({text}), at(0), {}).has_value()) << text;
  }
}

}  // namespace
}  // namespace indexrun::items
