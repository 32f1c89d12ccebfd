// SPDX-License-Identifier: Apache-2.0
// How many tasks: the number for spec.completions.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using Count = Blackbox;

TEST_F(Count, PrintsTheNumberAndANewline) {
  dir_.write("items.txt", "a\nb\nc");
  dir_.write("work/a", "x");
  EXPECT_THAT(indexrun("count -f items.txt").run(), Prints("3\n"));
  EXPECT_THAT(indexrun("count --items a,b --item c,d").run(), Prints("3\n"));
  EXPECT_THAT(indexrun("count --items-dir work").run(), Prints("1\n"));
  EXPECT_THAT(indexrun("count --items-env LIST").env("LIST", "a\nb\n").run(), Prints("2\n"));
  EXPECT_THAT(indexrun("count -f -").input("a\nb\nc\nd\n").run(), Prints("4\n"));
  EXPECT_THAT(indexrun("count --items-only -f items.txt").run(), Prints("3\n"));
}

TEST_F(Count, AsJson) {
  EXPECT_THAT(indexrun("count --output json --items a,b").run(),
              Prints("{\"items\":2,\"tasks\":2}\n"));
}

TEST_F(Count, LooksAtTheWholeList) {
  dir_.write("items.txt", "a\nb\n\nc\n");
  expect_refusal(indexrun("count -f items.txt"),
                 {.exit = 196, .stage = "items", .object = "items.txt:3"});
  EXPECT_THAT(indexrun("count --skip-blank -f items.txt").run(), Prints("3\n"));
  expect_refusal(indexrun("count --skip-blank --expect-count 4 -f items.txt"),
                 {.exit = 196, .stage = "items", .object = "items.txt", .says = {"3", "4"}});
}

TEST_F(Count, DuplicatesNameBothPlaces) {
  dir_.write("items.txt", "a\nb\nc\nb\n");
  expect_refusal(indexrun("count -f items.txt"), {.exit = 196,
                                                  .stage = "items",
                                                  .object = "items.txt:4",
                                                  .says = {"'b'", "item 1"},
                                                  .hint = "--allow-duplicates"});
  EXPECT_THAT(indexrun("count --allow-duplicates -f items.txt").run(), Prints("4\n"));
}

TEST_F(Count, DuplicatesAreFoundInALongList) {
  std::string list;
  for (int line = 0; line < 100'000; ++line) {
    list += "item-" + std::to_string(line) + "\n";
  }
  dir_.write("items.txt", list);
  EXPECT_THAT(indexrun("count -f items.txt").run(), Prints("100000\n"));
  dir_.write("items.txt", list + "item-777\n");
  expect_refusal(indexrun("count -f items.txt"),
                 {.exit = 196, .stage = "items", .object = "items.txt:100001"});
}

TEST_F(Count, TakesNoCommandAndNeedsASource) {
  expect_refusal(indexrun("count --items a,b -- echo ran"), {.exit = 196, .stage = "options"});
  expect_refusal(indexrun("count"), {.exit = 196});
}

}  // namespace
}  // namespace indexrun::test
