// SPDX-License-Identifier: Apache-2.0
// The program's output in files: redirected, or copied on its way. The names behind the tests are
// those of the comparison with other inits.
#include "support/blackbox.h"
#include "support/processes.h"

#include <algorithm>
#include <csignal>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class InitStreams : public Blackbox {
 protected:
  [[nodiscard]] Command init(const std::string& words, const std::string& script) const {
    return indexrun("--no-index").line(words).command({"sh", "-c", script});
  }
};

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_F(InitStreams, B1_RedirectedExactly) {
  Ran ran = init("--stdout out --stderr err", "echo hi there; printf half >&2").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out + ran.err, "");
  EXPECT_EQ(dir_.read("out"), "hi there\n");
  EXPECT_EQ(dir_.read("err"), "half");
}

TEST_F(InitStreams, RedirectionNeedsNoSupervisor) {
  EXPECT_THAT(init("--supervise never --stdout out", "echo $$").run(), Exits(0));
  EXPECT_NE(dir_.read("out"), "");
}

TEST_F(InitStreams, RedirectedIntoAFolderThatIsMissing) {
  EXPECT_THAT(init("--stdout a/b/out", "echo deep").run(), Exits(0));
  EXPECT_EQ(dir_.read("a/b/out"), "deep\n");
}

TEST_F(InitStreams, NamesAreTemplates) {
  Command run = indexrun("--index 2 --items a,b,c --stdout {index}-{item}.txt");
  EXPECT_THAT(run.command({"echo", "x"}).run(), Exits(0));
  EXPECT_EQ(dir_.read("2-c.txt"), "x\n");
}

TEST_F(InitStreams, AFileThatCannotBeOpenedIsAnErrorAndNothingRuns) {
  dir_.make_folder("folder");
  for (const char* option : {"--stdout", "--stderr", "--tee-stdout", "--tee-stderr"}) {
    Ran ran = init(std::string(option) + " folder", "touch ran").run();
    EXPECT_THAT(ran, Exits(198)) << option;
    EXPECT_THAT(ran.err, testing::HasSubstr("folder"));
    EXPECT_FALSE(dir_.has("ran"));
  }
}

TEST_F(InitStreams, K2_CopiedAndStillPrinted) {
  Ran ran = init("--tee-stdout a/b/out --tee-stderr c/err", "echo out; echo err >&2").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "out\n");
  EXPECT_EQ(ran.err, "err\n");
  EXPECT_EQ(dir_.read("a/b/out"), "out\n");
  EXPECT_EQ(dir_.read("c/err"), "err\n");
}

TEST_F(InitStreams, K3_OneFileForBothHoldsEveryLine) {
  Ran ran = init("--tee-stdout all --tee-stderr all",
                 "i=0; while [ $i -lt 500 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done")
                .run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(sorted_lines(dir_.read("all")), sorted_lines(ran.out + ran.err));
  EXPECT_EQ(sorted_lines(ran.out).size(), 500U);
}

TEST_F(InitStreams, K4_InterruptedTheCopyHasWhatWasPrinted) {
  Started started = init("--tee-stdout out", "echo x && exec sleep 600").start();
  ASSERT_TRUE(started.wait_for_output("x\n"));
  started.send(SIGINT);
  EXPECT_THAT(started.finish(), Exits(130));
  EXPECT_EQ(dir_.read("out"), "x\n");
}

TEST_F(InitStreams, A3_EveryByteIsCopied) {
  Command run = indexrun("--no-index --tee-stdout out");
  Ran ran = run.command({probe(), "print-lines", "20000", "100", "x"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out.size(), 20'000U * 101U);
  EXPECT_EQ(dir_.read("out"), ran.out);
}

TEST_F(InitStreams, A5_AnOrphanThatHoldsTheOutputDoesNotDelayTheEnd) {
  for (const char* script : {"(sleep 600; echo late) & echo mine",
                             "setsid sh -c 'trap \"\" TERM; sleep 600' & echo mine"}) {
    Ran ran = init("--tee-stdout out", script).run();
    EXPECT_THAT(ran, testing::AllOf(Exits(0), Prints("mine\n")));
    EXPECT_EQ(dir_.read("out"), "mine\n");
    unlink((dir_ / "out").c_str());
  }
}

TEST_F(InitStreams, A14_WhatIsPrintedSlowlyIsAllThere) {
  const char* script = "i=0; while [ $i -lt 50 ]; do printf x; sleep 0.007; i=$((i+1)); done";
  EXPECT_THAT(init("--tee-stdout out", script).run(), Exits(0));
  EXPECT_EQ(dir_.read("out"), std::string(50, 'x'));
}

TEST_F(InitStreams, AReaderThatEndsDoesNotEndTheCopy) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  Command run =
      init("--tee-stdout out", "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done");
  run.in_child([fd = ends[1]] { dup2(fd, STDOUT_FILENO); });
  Started started = run.start();
  close(ends[0]);
  close(ends[1]);
  Ran ran = started.finish();
  EXPECT_FALSE(ran.out_of_time) << ran;
  EXPECT_THAT(ran.shell_status(), testing::AnyOf(0, 141)) << ran;
}

TEST_F(InitStreams, AFullDiskDoesNotEndTheProgram) {
  Ran ran = init("--tee-stdout /dev/full", "echo printed; echo done >ran").run();
  EXPECT_EQ(ran.out, "printed\n") << ran;
  EXPECT_TRUE(dir_.has("ran"));
  EXPECT_THAT(ran.err, testing::HasSubstr("/dev/full"));
}

}  // namespace
}  // namespace indexrun::test
