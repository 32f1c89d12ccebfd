// SPDX-License-Identifier: Apache-2.0
// The promise of the README: index -> item -> the program's input -> the program.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

struct Worker {
  const char* index;
  const char* item;
  const char* reversed;
};

class Tutorial : public Blackbox, public testing::WithParamInterface<Worker> {};

TEST_P(Tutorial, IndexByOptionAndItemsInline) {
  Command run = indexrun("run --index").args({GetParam().index});
  run.line("--items foo,bar,baz,qux,xyz --write data.txt -- rev data.txt");
  EXPECT_THAT(run.run(), Prints(GetParam().reversed));
  EXPECT_EQ(dir_.read("data.txt"), GetParam().item);
}

TEST_P(Tutorial, IndexByVariableAndItemsFromAFile) {
  dir_.write("items.txt", "foo\nbar\nbaz\nqux\nxyz\n");
  Command run = indexrun("-f items.txt --write data.txt rev data.txt");
  run.env("JOB_COMPLETION_INDEX", GetParam().index);
  EXPECT_THAT(run.run(), Prints(GetParam().reversed));
  EXPECT_EQ(dir_.read("data.txt"), GetParam().item);
}

TEST_P(Tutorial, TheInitContainerPreparesTheSameFile) {
  Command run = indexrun("stage --items foo,bar,baz,qux,xyz --write data.txt");
  run.env("JOB_COMPLETION_INDEX", GetParam().index);
  EXPECT_THAT(run.run(), Prints(""));
  EXPECT_EQ(dir_.read("data.txt"), GetParam().item);
}

TEST_P(Tutorial, TheItemAsAnArgument) {
  Command run = indexrun("--index").args({GetParam().index});
  run.line("--items foo,bar,baz,qux,xyz").command({"echo", "{}"});
  EXPECT_THAT(run.run(), Prints(GetParam().item));
}

INSTANTIATE_TEST_SUITE_P(FiveIndexes, Tutorial,
                         testing::Values(Worker{"0", "foo\n", "oof\n"},
                                         Worker{"1", "bar\n", "rab\n"},
                                         Worker{"2", "baz\n", "zab\n"},
                                         Worker{"3", "qux\n", "xuq\n"},
                                         Worker{"4", "xyz\n", "zyx\n"}),
                         [](const auto& row) { return std::string("Index") + row.param.index; });

TEST_F(Blackbox, TheSixthOfFiveWorkersFailsLoudly) {
  expect_refusal(
      indexrun("run --index 5 --items foo,bar,baz,qux,xyz --write data.txt -- rev data.txt"),
      {.exit = 197, .stage = "items", .says = {"5"}});
}

}  // namespace
}  // namespace indexrun::test
