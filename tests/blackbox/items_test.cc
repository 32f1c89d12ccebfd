// SPDX-License-Identifier: Apache-2.0
// Items given inline or in a variable, and the checks on how many there are.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using Items = Blackbox;

TEST_F(Items, PastTheEndSaysHowManyThereAre) {
  expect_refusal(indexrun("--index 3 --items a,b,c").command(kEcho),
                 {.exit = 197, .stage = "items", .object = "--items", .says = {"3"}});
}

TEST_F(Items, AnEmptyElementIsAnError) {
  for (const char* items : {"a,,b", ",a", "a,", ",", ""}) {
    expect_refusal(indexrun("--index 0").args({"--items", items}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--items"});
  }
}

TEST_F(Items, AnEmptyItemIsAnError) {
  expect_refusal(indexrun("--index 0 --item a --item").args({""}).command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--items"});
}

TEST_F(Items, NoSourceIsAnError) {
  expect_refusal(indexrun("--index 0 echo {}"), {.exit = 196});
}

TEST_F(Items, TwoSourcesAreAnError) {
  dir_.write("items.txt", "a\n");
  dir_.make_folder("folder");
  for (const char* words : {"--item a -f items.txt", "--items a,b --items-dir folder",
                            "-f items.txt --items-dir folder", "--items-env LIST -f items.txt"}) {
    Command run = indexrun("--index 0").line(words).command(kEcho).env("LIST", "a");
    expect_refusal(run, {.exit = 196, .stage = "options"});
  }
}

TEST_F(Items, InAVariableAreLines) {
  Command run = indexrun("--index 2 --items-env LIST echo {}");
  EXPECT_THAT(Command(run).env("LIST", "foo\nbar\nbaz").run(), Prints("baz\n"));
  EXPECT_THAT(Command(run).env("LIST", "foo\nbar\nbaz\n").run(), Prints("baz\n"));
  EXPECT_THAT(Command(run).env("LIST", "foo\r\nbar\r\nbaz\r\n").run(), Prints("baz\n"));
  expect_refusal(Command(run).env("LIST", "foo\n\nbaz"),
                 {.exit = 196, .stage = "items", .object = "LIST:2"});
  expect_refusal(Command(run).env("LIST", ""), {.exit = 196, .stage = "items", .object = "LIST"});
  expect_refusal(run, {.exit = 196, .stage = "items", .object = "LIST"});
}

TEST_F(Items, TheExpectedCountIsCheckedByEveryWorker) {
  dir_.write("items.txt", "a\nb\nc\nd\ne\nf\ng\n");
  for (const char* index : {"0", "4", "6"}) {
    Command right = indexrun("-f items.txt --expect-count 7 --index").args({index, "true"});
    EXPECT_THAT(right.run(), Prints(""));
    Command wrong = indexrun("-f items.txt --expect-count 5 --index").args({index, "true"});
    expect_refusal(wrong,
                   {.exit = 196, .stage = "items", .object = "items.txt", .says = {"7", "5"}});
  }
  expect_refusal(indexrun("--items a,b --expect-count 3 --index 0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--items", .says = {"2", "3"}});
}

TEST_F(Items, AWrongCountIsReportedBeforeAnIndexPastTheEnd) {
  expect_refusal(indexrun("--items a,b --expect-count 3 --index 2").command(kEcho),
                 {.exit = 196, .stage = "items"});
}

TEST_F(Items, TheCountMustBeANumber) {
  for (const char* count : {"-1", "x", "", "1.0"}) {
    expect_refusal(indexrun("--items a --index 0").args({"--expect-count", count}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--expect-count"});
  }
}

TEST_F(Items, DuplicatesMatterToCountAndShowAllOnly) {
  const char* const items = "--items a,b,a";
  EXPECT_THAT(indexrun(items).line("--index 2 echo {}").run(), Prints("a\n"));
  EXPECT_THAT(indexrun("show --index 2").line(items).run(), Exits(0));
  expect_refusal(indexrun("count").line(items), {.exit = 196, .stage = "items", .says = {"a"}});
  expect_refusal(indexrun("show --all").line(items), {.exit = 196, .stage = "items"});
  EXPECT_THAT(indexrun("count --allow-duplicates").line(items).run(), Prints("3\n"));
  EXPECT_THAT(indexrun("show --all --allow-duplicates").line(items).run(), Exits(0));
}

TEST_F(Items, AnItemMayHoldAnything) {
  const std::string odd = "a b\t'\"$x*`\\\xff\xfe -n";
  EXPECT_THAT(indexrun("--index 0 --item").args({odd, "printf", "%s", "{}"}).run(), Prints(odd));
}

TEST_F(Items, TooLargeForAnArgumentSuggestsWrite) {
  const std::string large(200 * 1024, 'x');
  dir_.write("items.txt", large + "\n");
  const Command run = indexrun("-f items.txt --index 0");
  expect_refusal(Command(run).command({"echo", "{}"}),
                 {.exit = 197, .object = "", .hint = "--write"});
  expect_refusal(Command(run).line("-e BIG={}").command(kEcho), {.exit = 197, .hint = "--write"});
  EXPECT_THAT(Command(run).line("-w data.txt wc -c data.txt").run(), Prints("204801 data.txt\n"));
}

TEST_F(Items, ManyArgumentsThatAreTooLargeTogetherSuggestWriteToo) {
  dir_.write("items.txt", std::string(100 * 1024, 'x') + "\n");
  const std::vector<std::string> command(100, "{}");
  for (const char* mode : {"never", "always"}) {
    Command worker = indexrun("-f items.txt --index 0 --supervise").args({mode});
    expect_refusal(worker.args({"echo"}).args(command), {.exit = 197, .hint = "--write"});
  }
}

}  // namespace
}  // namespace indexrun::test
