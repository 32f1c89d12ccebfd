// SPDX-License-Identifier: Apache-2.0
// --retries, --retry-on and --backoff for one program.
#include "support/blackbox.h"
#include "support/record.h"

#include <csignal>

namespace indexrun::test {
namespace {

class Retries : public Blackbox {
 protected:
  [[nodiscard]] Command shell(const std::string& words, const std::string& script) const {
    return indexrun("--index 1 --items foo,bar --backoff 1ms")
        .line(words)
        .command({"sh", "-c", script});
  }
};

TEST_F(Retries, RunAgainUntilItSucceeds) {
  EXPECT_THAT(shell("--retries 5", "echo {}{attempt}; test {attempt} = 2").run(),
              Prints("bar0\nbar1\nbar2\n"));
}

TEST_F(Retries, TheLastStatusCounts) {
  Ran ran = shell("--retries 2", "echo {attempt}; exit $((3 + {attempt}))").run();
  EXPECT_THAT(ran, Exits(5));
  EXPECT_EQ(ran.out, "0\n1\n2\n");
}

TEST_F(Retries, OnlyAfterTheListedEndings) {
  struct Row {
    const char* on;
    const char* script;
    const char* out;
    int exit;
  };
  const Row rows[] = {
      {"3", "echo x; exit 3", "x\nx\n", 3},
      {"4,10-20", "echo x; exit 3", "x\n", 3},
      {"2-3", "echo x; exit 3", "x\nx\n", 3},
      {"sig:KILL", "echo x; kill -KILL $$", "x\nx\n", 137},
      {"137", "echo x; kill -KILL $$", "x\n", 137},
      {"sig:TERM", "echo x; exit 143", "x\n", 143},
      {"143", "echo x; exit 143", "x\nx\n", 143},
  };
  for (const Row& row : rows) {
    Ran ran = shell(std::string("--retries 1 --retry-on ") + row.on, row.script).run();
    EXPECT_THAT(ran, Exits(row.exit)) << row.on;
    EXPECT_EQ(ran.out, row.out) << row.on << ": " << row.script;
  }
}

TEST_F(Retries, AfterATimeLimitEachAttemptHasItsOwn) {
  Ran ran = shell("--retries 1 --retry-on timeout --timeout 50ms", "echo x; exec sleep 1000").run();
  EXPECT_THAT(ran, Exits(124));
  EXPECT_EQ(ran.out, "x\nx\n");
}

TEST_F(Retries, AMappedSuccessIsNotTriedAgain) {
  EXPECT_THAT(shell("--retries 3 --map-exit 3=0", "echo x; exit 3").run(), Prints("x\n"));
}

TEST_F(Retries, EachAttemptFindsItsInputsAsNew) {
  Ran ran = shell("--retries 1 --write in.txt --stdin {}{attempt}",
                  "cat in.txt; cat; echo; echo spoiled >in.txt; exit 1")
                .run();
  EXPECT_THAT(ran, Exits(1));
  EXPECT_EQ(ran.out, "bar\nbar0\nbar\nbar1\n");
}

TEST_F(Retries, NoneWhenItWasToldToStop) {
  Started run = shell("--retries 3", "echo up; exec sleep 1000").start();
  ASSERT_TRUE(run.wait_for_output("up\n"));
  run.send(SIGTERM);
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(143));
  EXPECT_EQ(ran.out, "up\n");
}

TEST_F(Retries, AStopSignalEndsThePause) {
  Started run = indexrun("--index 0 --items foo --retries 3 --backoff 1h")
                    .command({"sh", "-c", "echo up; exec 1>&-; exit 4"})
                    .start();
  // Its output ends when the attempt does: nothing else has it open.
  ASSERT_TRUE(run.wait_for_output("up\n"));
  run.send(SIGTERM);
  Ran ran = run.finish();
  EXPECT_TRUE(ran.exit == 143 || ran.exit == 4) << ran;
  EXPECT_EQ(ran.out, "up\n");
}

TEST_F(Retries, AreCountedInTheRecord) {
  dir_.write("message", "", 0666);
  EXPECT_THAT(shell("--retries 2 --message-file message", "exit 9").run(), Exits(9));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["attempts"], "3");
  EXPECT_EQ(record["exit"], "9");
}

TEST_F(Retries, AreToldWithV) {
  Ran ran = shell("--retries 1 -v", "exit 9").run();
  EXPECT_THAT(ran.err, testing::HasSubstr("sh: ended with 9; attempt 2 of 2 in 1 ms"));
}

TEST_F(Retries, BadValuesAreErrors) {
  expect_refusal(indexrun("--index 0 --item a --retry-on 3").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--retry-on", .says = {"--retries"}});
  expect_refusal(
      indexrun("--index 0 --item a --retries 1 --retry-on 300").command(kEcho),
      {.exit = 196, .stage = "options", .object = "--retry-on", .says = {"'300'", "0 to 255"}});
  expect_refusal(indexrun("--index 0 --item a --retries many").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--retries"});
  expect_refusal(indexrun("--index 0 --item a --retries 1 --supervise never").command(kEcho),
                 {.exit = 196, .stage = "launch", .object = "--supervise", .says = {"--retries"}});
}

}  // namespace
}  // namespace indexrun::test
