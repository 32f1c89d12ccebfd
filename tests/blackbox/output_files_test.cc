// SPDX-License-Identifier: Apache-2.0
// --stdout, --stderr, --tee-stdout, --tee-stderr.
#include "support/blackbox.h"

#include <csignal>

#include <sys/resource.h>

namespace indexrun::test {
namespace {

class OutputFiles : public Blackbox {
 protected:
  [[nodiscard]] Command shell(const std::string& words, const std::string& script) const {
    return indexrun("--index 1 --items foo,bar").line(words).command({"sh", "-c", script});
  }
};

const char* const kBoth = "echo out; echo err >&2";

TEST_F(OutputFiles, RedirectedTheyGetAllAndWeNothing) {
  for (const char* mode : {"never", "always"}) {
    Ran ran =
        shell(std::string("--stdout logs/{}.out --stderr logs/{}.err --supervise ") + mode, kBoth)
            .run();
    EXPECT_THAT(ran, Prints("")) << mode;
    EXPECT_EQ(ran.err, "") << mode;
    EXPECT_EQ(dir_.read("logs/bar.out"), "out\n") << mode;
    EXPECT_EQ(dir_.read("logs/bar.err"), "err\n") << mode;
  }
}

TEST_F(OutputFiles, CopiedBothGetAll) {
  Ran ran = shell("--tee-stdout logs/{index}.out --tee-stderr logs/{index}.err", kBoth).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "out\n");
  EXPECT_EQ(ran.err, "err\n");
  EXPECT_EQ(dir_.read("logs/1.out"), "out\n");
  EXPECT_EQ(dir_.read("logs/1.err"), "err\n");
}

TEST_F(OutputFiles, BothOutputsMayHaveOneFile) {
  for (const char* words : {"--stdout log --stderr log", "--tee-stdout log --tee-stderr log",
                            "--stdout log --tee-stderr log"}) {
    EXPECT_THAT(shell(words, kBoth).run(), Exits(0)) << words;
    EXPECT_EQ(dir_.read("log").size(), 8U) << words;
  }
}

TEST_F(OutputFiles, AFreshRunReplacesThemAndLaterAttemptsAdd) {
  dir_.write("log", "old\n");
  EXPECT_THAT(shell("--tee-stdout log --retries 1 --backoff 1ms", "echo {attempt}; exit 1").run(),
              Exits(1));
  EXPECT_EQ(dir_.read("log"), "0\n1\n");
  EXPECT_THAT(shell("--stdout log --retries 1 --backoff 1ms", "echo {attempt}; exit 2").run(),
              Exits(2));
  EXPECT_EQ(dir_.read("log"), "0\n1\n");
}

TEST_F(OutputFiles, AreSeenFromTheProgramsDirectory) {
  dir_.make_folder("sub");
  EXPECT_THAT(shell("--chdir sub --stdout here", "cat /dev/null; echo x").run(), Exits(0));
  EXPECT_EQ(dir_.read("sub/here"), "x\n");
}

TEST_F(OutputFiles, MuchPassesWholeThroughASlowReader) {
  Ran ran = shell("--tee-stdout copy", "yes 0123456789 | head -c 3000000").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out.size(), 3'000'000U);
  EXPECT_EQ(dir_.read("copy"), ran.out);
}

TEST_F(OutputFiles, WhatTheProgramWroteBeforeItsEndIsDrained) {
  for (int i = 0; i < 50; ++i) {
    Ran ran = shell("--tee-stdout copy", "printf '%065536d' 0").run();
    ASSERT_EQ(ran.out.size(), 65'536U) << i;
    ASSERT_EQ(dir_.read("copy").size(), 65'536U) << i;
  }
}

TEST_F(OutputFiles, AGrandchildThatHoldsThePipeDelaysNothing) {
  Ran ran = shell("--tee-stdout copy", "echo mine; (trap '' TERM; exec sleep 1000) & exit 3").run();
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.out, "mine\n");
  EXPECT_EQ(dir_.read("copy"), "mine\n");
}

TEST_F(OutputFiles, WhoWritesForEverBelowALeftoverIsEndedToo) {
  // The list of leftovers was read again only once nobody wrote any more.
  Ran ran = shell("--tee-stdout /dev/null", "(yes; :) & exit 3").stdout_to("/dev/null").run();
  EXPECT_THAT(ran, Exits(3));
}

TEST_F(OutputFiles, AReaderWhoHasGoneEndsNeitherProgramNorCopy) {
  EXPECT_THAT(Command({"/bin/sh", "-c",
                       binary() + " --index 0 --item x --tee-stdout copy -- sh -c "
                                  "'seq 100000' | head -n 1"})
                  .in(dir_.path())
                  .run(),
              Prints("1\n"));
  EXPECT_THAT(dir_.read("copy"), testing::EndsWith("\n100000\n"));
}

TEST_F(OutputFiles, AFullDiskSpoilsTheCopyAndTheStatusButNotTheProgram) {
  Command run = shell("--tee-stdout copy", "yes | head -c 100000; echo end");
  run.in_child([] {
    rlimit small{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &small);
  });
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(198));
  EXPECT_TRUE(ran.out.ends_with("y\nend\n"));
  EXPECT_THAT(ran.err, testing::HasSubstr("launch: copy: the copy of the program's output is not "
                                          "complete: File too large"));
  // The program's own failure comes first, and what was lost is told all the same.
  Command failing = shell("--tee-stdout copy", "yes | head -c 100000; exit 7");
  failing.in_child([] {
    rlimit small{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &small);
  });
  Ran failed = failing.run();
  EXPECT_THAT(failed, Exits(7));
  EXPECT_THAT(failed.err, testing::HasSubstr("launch: copy: the rest of the program's output is "
                                             "not copied: File too large\n"));
}

TEST_F(OutputFiles, TermWhileTheOutputIsCopied) {
  Started run = shell("--tee-stdout copy", "echo x; exec sleep 1000").start();
  ASSERT_TRUE(run.wait_for_output("x\n"));
  run.send(SIGINT);
  EXPECT_THAT(run.finish(), Exits(130));
  EXPECT_EQ(dir_.read("copy"), "x\n");
}

TEST_F(OutputFiles, BadOnesAreErrorsBeforeAnythingRuns) {
  const auto run = [&](const std::string& words) { return shell(words, "echo ran"); };
  expect_refusal(run("--stdout a --tee-stdout b"),
                 {.exit = 196, .stage = "options", .object = "--tee-stdout"});
  expect_refusal(run("--stdout {indx}"), {.exit = 196, .object = "--stdout", .says = {"indx"}});
  expect_refusal(run("--tee-stderr t --supervise never"),
                 {.exit = 196, .object = "--supervise", .says = {"--tee-stderr"}});
  dir_.make_folder("folder");
  expect_refusal(run("--stdout folder"), {.exit = 198, .stage = "launch", .object = "folder"});
  expect_refusal(run("--tee-stdout /dev/null/x"), {.exit = 198, .stage = "launch"});
  dir_.write("items.txt", "foo\nbar\n");
  expect_refusal(indexrun("--index 1 --items-file items.txt --stdout items.txt").command(kEcho),
                 {.exit = 196, .object = "items.txt", .says = {"which the workers use"}});
  expect_refusal(run("--write in --stdout ./in"), {.exit = 196, .says = {"same file"}});
  expect_refusal(indexrun("--index 0 --items a,b --tasks 1 --each --stdout x").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--stdout", .says = {"--each"}});
  dir_.make_fifo("fifo");
  expect_refusal(run("--stdout fifo"), {.exit = 198, .object = "fifo", .says = {"No such device"}});
}

}  // namespace
}  // namespace indexrun::test
