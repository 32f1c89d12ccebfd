// SPDX-License-Identifier: Apache-2.0
// --no-index: a launcher for any program.
#include "support/blackbox.h"
#include "support/record.h"

namespace indexrun::test {
namespace {

class NoIndex : public Blackbox {};

TEST_F(NoIndex, RunsTheCommandAsItIsWritten) {
  for (const char* mode : {"never", "always"}) {
    EXPECT_THAT(indexrun("--no-index --supervise")
                    .args({mode, "printf", "%s\\n", "{}", "{index}", "{nosuch}", "{{}}"})
                    .run(),
                Prints("{}\n{index}\n{nosuch}\n{{}}\n"))
        << mode;
  }
  EXPECT_THAT(indexrun("--no-index find . -maxdepth 0 -exec echo {} ;").run(), Prints(".\n"));
}

TEST_F(NoIndex, LooksForNoIndexAtAll) {
  Command run = indexrun("--no-index true");
  run.env("JOB_COMPLETION_INDEX", "garbage").env("SLURM_ARRAY_TASK_ID", "7");
  EXPECT_THAT(run.run(), Exits(0));
}

TEST_F(NoIndex, SetsNoVariablesOfAWorker) {
  Command run = indexrun("--no-index -e A=b env");
  run.env("INDEXRUN_ITEM", "stale").env("JOB_COMPLETION_INDEX", "3");
  EXPECT_THAT(run.run(), Prints("PATH=/usr/bin:/bin\nJOB_COMPLETION_INDEX=3\nA=b\n"));
}

TEST_F(NoIndex, HasARecordWithoutOne) {
  dir_.write("message", "", 0666);
  EXPECT_THAT(indexrun("--no-index --message-file message -- sh -c").args({"exit 3"}).run(),
              Exits(3));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["index"], "null");
  EXPECT_EQ(record["item"], "null");
  EXPECT_EQ(record["exit"], "3");
}

TEST_F(NoIndex, IsShown) {
  EXPECT_THAT(indexrun("show --no-index echo {}").run(),
              Prints("index    none (--no-index)\ncommand  echo '{}'\n"));
  Ran ran = indexrun("show --no-index --output json echo {}").run();
  EXPECT_THAT(ran.out, testing::HasSubstr(R"("index":null,"task":null)"));
}

TEST_F(NoIndex, StagesTexts) {
  EXPECT_THAT(indexrun("stage --no-index --write-text t").args({"{x}"}).run(), Exits(0));
  EXPECT_EQ(dir_.read("t"), "{x}");
}

TEST_F(NoIndex, ContradictsEverythingAboutIndexAndItems) {
  for (const char* words : {"--index 0", "--index-env X", "--base 1", "--items a,b", "--range 1..3",
                            "--tasks 2", "--each", "--role 0=a", "--expect-count 3"}) {
    expect_refusal(indexrun("--no-index").line(words).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--no-index"});
  }
  expect_refusal(indexrun("--no-index --write f").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--write", .says = {"no item"}});
}

TEST_F(NoIndex, IsOfferedWhereThereIsNoIndex) {
  EXPECT_THAT(indexrun("--items a,b").command(kEcho).run().err, testing::HasSubstr("--no-index"));
}

}  // namespace
}  // namespace indexrun::test
