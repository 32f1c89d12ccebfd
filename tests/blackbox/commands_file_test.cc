// SPDX-License-Identifier: Apache-2.0
// Job lists of other tools: each line is a command, and no shell reads it.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class CommandsFile : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& index) const {
    return indexrun("--commands-file jobs.txt -i " + index);
  }
};

TEST_F(CommandsFile, EachLineRunsAsItStands) {
  dir_.write("jobs.txt",
             "echo 'a  b' \"c'd\" e\\ f {} {index} {nothing}\n"
             "printf %s,%s 1 ''\n"
             "sh -c 'echo $0 | tr a b' a\n");
  EXPECT_THAT(worker("0").run(), Prints("a  b c'd e f {} {index} {nothing}\n"));
  EXPECT_THAT(worker("1").run(), Prints("1,"));
  EXPECT_THAT(worker("2").run(), Prints("b\n"));
  expect_refusal(worker("3"), {.exit = 197, .stage = "items", .object = "jobs.txt"});
}

TEST_F(CommandsFile, TheItemIsTheLine) {
  dir_.write("jobs.txt", "cat item\nsh -c 'echo \"$INDEXRUN_ITEM\" $NAME' x\n");
  EXPECT_THAT(worker("0").line("-w item").run(), Prints("cat item\n"));
  EXPECT_THAT(worker("1").line("-e NAME={index}").run(),
              Prints("sh -c 'echo \"$INDEXRUN_ITEM\" $NAME' x 1\n"));
}

TEST_F(CommandsFile, TheStatusIsThatOfTheCommand) {
  dir_.write("jobs.txt", "sh -c 'exit 7'\nno-such-program\n");
  EXPECT_THAT(worker("0").run(), Exits(7));
  EXPECT_THAT(worker("1").run(), Exits(127));
}

TEST_F(CommandsFile, ShowAndCountReadIt) {
  dir_.write("jobs.txt", "# jobs\na 'b c'\n\nd\n");
  const std::string rules = "--commands-file jobs.txt --comments --skip-blank";
  EXPECT_THAT(indexrun("count " + rules).run(), Prints("2\n"));
  EXPECT_THAT(indexrun("show --all " + rules).run(),
              Prints("0\t'a '\\''b c'\\'''\ta 'b c'\n1\td\td\n"));
  EXPECT_THAT(indexrun("show -i 1 " + rules).run().out, testing::HasSubstr("command  d\n"));
  EXPECT_THAT(indexrun("count --commands-file -").input("a\nb\n").run(), Prints("2\n"));
  EXPECT_THAT(indexrun("show --all --commands-file -").input("a\nb\n").run(),
              Prints("0\ta\ta\n1\tb\tb\n"));
}

TEST_F(CommandsFile, WhatAShellWouldDoIsAnErrorOfThatIndex) {
  for (const char* line : {"a | b", "a > b", "a; b", "a & b", "a $b", "a \"$b\"", "a `b`", "a *",
                           "a {1..2}", "a ~/b", "(a)", "X=1 a", "a # b"}) {
    dir_.write("jobs.txt", "true\n" + std::string(line) + "\n");
    EXPECT_THAT(worker("0").run(), Prints("")) << line;
    expect_refusal(worker("1"), {.exit = 197,
                                 .stage = "items",
                                 .object = "jobs.txt:2",
                                 .says = {"a shell would take it as"},
                                 .hint = line[0] == 'X' ? "env NAME" : "sh -c {}"});
    for (const char* all : {"count", "count --allow-duplicates", "show --all"}) {
      expect_refusal(indexrun(all).line("--commands-file jobs.txt"),
                     {.exit = 197, .stage = "items", .object = "jobs.txt:2"});
    }
  }
}

TEST_F(CommandsFile, ItsHintWorks) {
  dir_.write("jobs.txt", "echo a | tr a b\nX=1; echo $X\n");
  EXPECT_THAT(indexrun("--items-file jobs.txt -i 0").command({"sh", "-c", "{}"}).run(),
              Prints("b\n"));
}

TEST_F(CommandsFile, UncertainNumberingConcernsEveryIndex) {
  for (const char* line : {"b 'c", "b \"c", "b \\", "# b", "#DISBATCH BARRIER", ""}) {
    dir_.write("jobs.txt", "true\n" + std::string(line) + "\nc\n");
    expect_refusal(worker("0"), {.exit = 196, .stage = "items", .object = "jobs.txt:2"});
  }
}

TEST_F(CommandsFile, ThereIsNoOtherCommand) {
  dir_.write("jobs.txt", "true\n");
  expect_refusal(worker("0").command(kEcho),
                 {.exit = 196, .stage = "options", .says = {"--commands-file"}});
  expect_refusal(indexrun("-i 0 --commands-file -"),
                 {.exit = 196, .stage = "options", .object = "--commands-file -"});
  expect_refusal(indexrun("-i 0 --commands-file missing.txt"),
                 {.exit = 196, .stage = "items", .object = "missing.txt"});
}

}  // namespace
}  // namespace indexrun::test
