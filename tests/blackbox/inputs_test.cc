// SPDX-License-Identifier: Apache-2.0
// What the program finds: files, variables, standard input, working directory.
#include "support/blackbox.h"

#include <sys/stat.h>

namespace indexrun::test {
namespace {

class Inputs : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 1 --items foo,bar").line(words);
  }
};

TEST_F(Inputs, WriteGivesTheItemAndANewline) {
  EXPECT_THAT(worker("--write data.txt cat data.txt").run(), Prints("bar\n"));
  EXPECT_EQ(dir_.mode("data.txt"), 0644U);
}

TEST_F(Inputs, TheModeIsExactWhateverTheUmask) {
  Command run = worker("--write data.txt --write-mode 0666 true").in_child([] { umask(077); });
  EXPECT_THAT(run.run(), Prints(""));
  EXPECT_EQ(dir_.mode("data.txt"), 0666U);
}

TEST_F(Inputs, ABadModeIsAnError) {
  for (const char* mode : {"9", "rw", "-1", "10000", ""}) {
    expect_refusal(worker("-w data.txt").args({"--write-mode", mode}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--write-mode"});
  }
}

TEST_F(Inputs, ParentsAreMade) {
  EXPECT_THAT(worker("--write a/{index}/{}.txt cat a/1/bar.txt").run(), Prints("bar\n"));
}

TEST_F(Inputs, AnAbsolutePathIsTakenAsItIs) {
  Command run = worker("").args({"--write", dir_ / "x/data", "cat", dir_ / "x/data"});
  EXPECT_THAT(run.run(), Prints("bar\n"));
}

TEST_F(Inputs, AnOldFileIsReplacedWholeAndNothingElseIsLeft) {
  dir_.write("data.txt", "old and much longer than the new content\n", 0600);
  EXPECT_THAT(worker("-w data.txt true").run(), Prints(""));
  EXPECT_EQ(dir_.read("data.txt"), "bar\n");
  EXPECT_EQ(dir_.mode("data.txt"), 0644U);
  EXPECT_EQ(dir_.snapshot().size(), 1U);
}

TEST_F(Inputs, AFinalLinkIsFollowed) {
  dir_.write("real/data", "old\n");
  dir_.link("real/data", "link");
  dir_.link("real/new", "dangling");
  EXPECT_THAT(worker("-w link -w dangling true").run(), Prints(""));
  EXPECT_EQ(dir_.read("real/data"), "bar\n");
  EXPECT_EQ(dir_.read("real/new"), "bar\n");
  EXPECT_TRUE(dir_.has("link"));
}

TEST_F(Inputs, WriteTextIsATemplateAndGetsNoNewline) {
  EXPECT_THAT(
      worker("").args({"--write-text", "c.json", "{\"i\": {index}}", "cat", "c.json"}).run(),
      Prints("{\"i\": 1}"));
}

TEST_F(Inputs, RenderExpandsAFile) {
  dir_.write("t", "n={index}\nitem={item}\n{} {.} {/} {//} {#} ${HOME} {{index}}\nlast");
  EXPECT_THAT(worker("--render t out cat out").run(),
              Prints("n=1\nitem=bar\n{} {.} {/} {//} {#} ${HOME} {index}\nlast"));
}

TEST_F(Inputs, RenderTakesOtherBraces) {
  dir_.write("t", "{index} <<index>> <<<<index>>>> {item}\n");
  EXPECT_THAT(worker("--delims << >> --render t out cat out").run(),
              Prints("{index} 1 <<index>> {item}\n"));
}

TEST_F(Inputs, VariablesAreTemplates) {
  Command run = worker("-e A={}-{index} -e EMPTY=").args({"-e", "B= x=y ", "env"});
  Ran ran = run.run();
  EXPECT_THAT(ran.out, testing::HasSubstr("\nA=bar-1\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("\nEMPTY=\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("\nB= x=y \n"));
}

TEST_F(Inputs, TheWorkloadFindsItsIndexAndItem) {
  Command run = worker("env").env("KEPT", "as it was");
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(0));
  for (const char* variable :
       {"KEPT=as it was\n", "INDEXRUN_INDEX=1\n", "INDEXRUN_ITEM=bar\n", "INDEXRUN_COUNT=2\n"}) {
    EXPECT_THAT(ran.out, testing::HasSubstr(variable));
  }
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("INDEXRUN_ITEM_FILE")));
}

TEST_F(Inputs, ALargeItemIsLeftOutOfTheEnvironmentButItsFileIsNamed) {
  dir_.write("items.txt", std::string(97 * 1024, 'x') + "\n");
  Ran ran = indexrun("-f items.txt --index 0 -w data.txt env").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("INDEXRUN_ITEM=")));
  EXPECT_THAT(ran.out, testing::ContainsRegex("INDEXRUN_ITEM_FILE=[^\n]*data.txt\n"));
}

TEST_F(Inputs, FieldsOfAnItemAreVariables) {
  dir_.write("work/a", "first");
  Ran ran = indexrun("--items-dir work --index 0 env").run();
  EXPECT_THAT(ran.out, testing::HasSubstr("INDEXRUN_FIELD_NAME=a\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("INDEXRUN_FIELD_PATH=work/a\n"));
}

TEST_F(Inputs, EnvFileHoldsOneTemplateALine) {
  dir_.write("vars", "# comment\n\nA=x {index}\nQUOTED='as it is'\nB={item}\n");
  Ran ran = worker("--env-file vars -e B=line env").run();
  EXPECT_THAT(ran.out, testing::HasSubstr("A=x 1\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("QUOTED='as it is'\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("B=line\n"));
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("B=bar")));
}

TEST_F(Inputs, ABadEnvFileNamesTheLine) {
  dir_.write("vars", "A=1\nno variable\n");
  expect_refusal(worker("--env-file vars").command(kEcho),
                 {.exit = 196, .stage = "inputs", .object = "vars:2"});
  expect_refusal(worker("--env-file none").command(kEcho),
                 {.exit = 196, .stage = "inputs", .object = "none"});
}

TEST_F(Inputs, ABadVariableNameIsAnError) {
  for (const char* variable : {"=x", "A", "", "A B=x"}) {
    expect_refusal(worker("").args({"-e", variable}).command(kEcho), {.exit = 196});
  }
}

TEST_F(Inputs, StdinIsATemplate) {
  Command run = worker("").args({"--stdin", "{item}\n{index}", "cat"});
  EXPECT_THAT(run.input("not this").run(), Prints("bar\n1"));
  EXPECT_THAT(worker("").args({"--stdin", "", "cat"}).input("not this").run(), Prints(""));
}

TEST_F(Inputs, ALargeStdinArrivesWhole) {
  dir_.write("items.txt", std::string(3 << 20, 'z') + "\n");
  EXPECT_THAT(indexrun("-f items.txt --index 0 --stdin {} wc -c").run(), Prints("3145728\n"));
}

TEST_F(Inputs, StandardInputIsInheritedOtherwise) {
  EXPECT_THAT(worker("cat").input("from outside").run(), Prints("from outside"));
}

TEST_F(Inputs, TheWorkingDirectoryIsATemplate) {
  dir_.make_folder("bar");
  EXPECT_THAT(worker("-C {} pwd").run(), Prints((dir_ / "bar") + "\n"));
}

TEST_F(Inputs, WhatIsWrittenLiesInTheWorkingDirectoryAndWhatIsReadDoesNot) {
  dir_.make_folder("sub");
  dir_.write("t", "{item}");
  EXPECT_THAT(worker("-C sub -w data --render t out cat data out").run(), Prints("bar\nbar"));
  EXPECT_EQ(dir_.read("sub/data"), "bar\n");
}

TEST_F(Inputs, AMissingWorkingDirectoryStopsTheRun) {
  Ran ran = worker("--chdir none").command(kEcho).run();
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.exit, testing::AnyOf(196, 198)) << ran;
  EXPECT_THAT(ran.err, testing::HasSubstr("No such file or directory"));
}

}  // namespace
}  // namespace indexrun::test
