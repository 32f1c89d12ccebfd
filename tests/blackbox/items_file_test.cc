// SPDX-License-Identifier: Apache-2.0
// A list in a file: what counts as a line, and each way it can be unusable.
#include "support/blackbox.h"

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class ItemsFile : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& index,
                               const std::string& file = "items.txt") const {
    return indexrun("-f").args({file, "--index", index, "--", "printf", "[%s]", "{}"});
  }

  void expect_items(const std::string& content, const std::vector<std::string>& items) const {
    dir_.write("items.txt", content);
    for (std::size_t index = 0; index < items.size(); ++index) {
      EXPECT_THAT(worker(std::to_string(index)).run(), Prints("[" + items[index] + "]"));
    }
    EXPECT_THAT(worker(std::to_string(items.size())).run(),
                Refuses({.exit = 197, .stage = "items", .object = "items.txt"}));
  }
};

TEST_F(ItemsFile, AllLineEndingsMeanTheSameItems) {
  expect_items("foo\nbar\nbaz\n", {"foo", "bar", "baz"});
  expect_items("foo\nbar\nbaz", {"foo", "bar", "baz"});
  expect_items("foo\r\nbar\r\nbaz\r\n", {"foo", "bar", "baz"});
  expect_items("foo\r\nbar\r\nbaz", {"foo", "bar", "baz"});
  expect_items(
      "\xef\xbb\xbf"
      "foo\nbar\n",
      {"foo", "bar"});
  expect_items("x", {"x"});
}

TEST_F(ItemsFile, BlanksAndCommentSignsAreData) {
  expect_items("  a  \n# b\n-n\n*\n", {"  a  ", "# b", "-n", "*"});
}

TEST_F(ItemsFile, CommentsAndBlankLinesAreLeftOutOnRequest) {
  dir_.write("items.txt", "# head\na\n\n   \nb\n  # tail\n");
  Command run = indexrun("-f items.txt --comments --skip-blank --expect-count 2 --index 1 echo {}");
  EXPECT_THAT(run.run(), Prints("b\n"));
}

TEST_F(ItemsFile, ABlankLineIsAnErrorThatNamesTheLine) {
  for (const char* blank : {"", " ", "\t", "\r"}) {
    dir_.write("items.txt", std::string("a\n") + blank + "\nb\n");
    expect_refusal(
        worker("2"),
        {.exit = 196, .stage = "items", .object = "items.txt:2", .hint = "--skip-blank"});
  }
}

TEST_F(ItemsFile, ANulByteIsAnErrorThatNamesTheLine) {
  dir_.write("items.txt", std::string("a\nb\0c\nd\n", 8));
  for (const char* index : {"1", "2"}) {
    expect_refusal(worker(index),
                   {.exit = 196, .stage = "items", .object = "items.txt:2", .says = {"NUL"}});
  }
}

TEST_F(ItemsFile, EmptyIsAnError) {
  for (const char* content : {"", "\xef\xbb\xbf"}) {
    dir_.write("items.txt", content);
    expect_refusal(worker("0"),
                   {.exit = 196, .stage = "items", .object = "items.txt", .says = {"no items"}});
  }
  dir_.write("items.txt", "# only\n");
  expect_refusal(indexrun("-f items.txt --comments --index 0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "items.txt"});
}

TEST_F(ItemsFile, MissingIsAnError) {
  expect_refusal(worker("0"), {.exit = 196,
                               .stage = "items",
                               .object = "items.txt",
                               .says = {"No such file or directory"}});
}

TEST_F(ItemsFile, AFolderIsAnErrorThatSuggestsItemsDir) {
  dir_.make_folder("folder");
  expect_refusal(worker("0", "folder"), {.exit = 196,
                                         .stage = "items",
                                         .object = "folder",
                                         .says = {"directory"},
                                         .hint = "--items-dir"});
}

TEST_F(ItemsFile, UnreadableIsAnError) {
  dir_.write("items.txt", "a\n", 0000);
  Command run = worker("0");
  if (is_root()) {
    run.as_user(65534);
  }
  expect_refusal(
      run, {.exit = 196, .stage = "items", .object = "items.txt", .says = {"Permission denied"}});
}

TEST_F(ItemsFile, StandardInputIsForShowAndCountOnly) {
  expect_refusal(indexrun("-f - --index 0").command(kEcho).input("a\n"), {.exit = 196});
  EXPECT_THAT(indexrun("count -f -").input("a\nb\n").run(), Prints("2\n"));
}

TEST_F(ItemsFile, AnExtensionThatCannotBeReadIsAnError) {
  dir_.write("items.xz", "a\nb\n");
  expect_refusal(worker("0", "items.xz"), {.exit = 196});
  EXPECT_THAT(indexrun("-f items.xz --format lines --index 1 echo {}").run(), Prints("b\n"));
}

TEST_F(ItemsFile, ALineOfTenMebibytesCanBeWrittenButIsNoArgument) {
  const std::string large(10 << 20, 'y');
  dir_.write("items.txt", "a\n" + large + "\nb\n");
  EXPECT_THAT(indexrun("-f items.txt --index 1 -w data.txt wc -c data.txt").run(),
              Prints(std::to_string(large.size() + 1) + " data.txt\n"));
  EXPECT_THAT(worker("2").run(), Prints("[b]"));
  expect_refusal(worker("1"), {.exit = 197, .hint = "--write"});
}

TEST_F(ItemsFile, TheDefectOfALaterLineIsFoundInASmallList) {
  dir_.write("items.txt", "a\nb\n\nc\n");
  expect_refusal(worker("0"), {.exit = 196, .stage = "items", .object = "items.txt:3"});
}

TEST_F(ItemsFile, TheLastOfManyLinesIsFound) {
  std::string list;
  for (int line = 0; line < 300'000; ++line) {
    list += "item-" + std::to_string(line) + "\n";
  }
  dir_.write("items.txt", list);
  EXPECT_THAT(worker("299999").run(), Prints("[item-299999]"));
  EXPECT_THAT(worker("0").run(), Prints("[item-0]"));
  EXPECT_THAT(worker("300000").run(),
              Refuses({.exit = 197, .stage = "items", .object = "items.txt", .says = {"300000"}}));
}

TEST_F(ItemsFile, AFifoIsReadOnceToItsEnd) {
  std::string fifo = dir_.make_fifo("list");
  Started started = worker("1", "list").start();
  int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(write(writer, "a\nb\nc\n", 6), 6);
  close(writer);
  EXPECT_THAT(started.finish(), Prints("[b]"));
}

}  // namespace
}  // namespace indexrun::test
