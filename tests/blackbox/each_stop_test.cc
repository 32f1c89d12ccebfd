// SPDX-License-Identifier: Apache-2.0
// Signals for a worker with many items: those that run are told, no new one begins, marks stay
// true.
#include "support/blackbox.h"
#include "support/pty.h"
#include "support/record.h"

#include <array>
#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class EachStop : public Blackbox {
 protected:
  [[nodiscard]] Command each(const std::string& words, const std::string& script) const {
    return indexrun("-i 0 --tasks 1 --each").line(words).command({"sh", "-c", script});
  }
};

/// Nothing tells us of another's child but /proc, so this looks again and again.
bool becomes_stopped(pid_t pid) {
  for (int i = 0; i < 2'000; ++i) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string number;
    std::string name;
    std::string state;
    if (file >> number >> name >> state && state == "T") {
      return true;
    }
    ::poll(nullptr, 0, 5);
  }
  return false;
}

TEST_F(EachStop, ASignalToStopReachesAllThatRunAndNothingNewBegins) {
  for (const auto& [signal, status] :
       {std::pair{SIGTERM, 143}, {SIGINT, 130}, {SIGHUP, 129}, {SIGQUIT, 131}}) {
    Started run = each("--items a,b,c,d -j 2 -v", "echo {}-begins; exec sleep 600").start();
    ASSERT_TRUE(run.wait_for_output("a-begins"));
    ASSERT_TRUE(run.wait_for_output("b-begins"));
    run.send(signal);
    Ran ran = run.finish();
    EXPECT_THAT(ran, Exits(status));
    EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("c-begins")));
    EXPECT_THAT(ran.err, testing::HasSubstr("4 items: 0 ended with 0, 0 failed, 0 skipped, "
                                            "4 not run\n"));
  }
}

TEST_F(EachStop, ASignalThatWasThereFirstKeepsEverythingFromRunning) {
  Command command = each("--items a,b", "echo ran");
  command.blocking(SIGTERM).in_child([] { ::raise(SIGTERM); });
  Ran ran = command.run();
  EXPECT_THAT(ran, Exits(143));
  EXPECT_EQ(ran.out, "");
}

TEST_F(EachStop, TheWholeGroupOfAnItemIsTold) {
  Started run = each("--items a", "sleep 600 & sleep 600 & echo up; wait").start();
  ASSERT_TRUE(run.wait_for_output("up"));
  run.send(SIGTERM);
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(143));
  EXPECT_FALSE(ran.out_of_time);
}

TEST_F(EachStop, WhatDoesNotStopInTimeIsKilled) {
  Started run = each("--items a,b -j 2 --grace 100ms",
                     "trap '' TERM; echo {}-up; while :; do sleep 600; done")
                    .start();
  ASSERT_TRUE(run.wait_for_output("a-up"));
  ASSERT_TRUE(run.wait_for_output("b-up"));
  run.send(SIGTERM);
  EXPECT_THAT(run.finish(), Exits(143));
}

TEST_F(EachStop, AReaderOfMessagesWhoDoesNotReadHoldsNobodyUp) {
  for (const char* words : {"--items 3,x", "--items 3,x -j 2", "--items x", "--items x -j 2"}) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
    const std::string block(4096, 'x');
    while (::write(ends[1], block.data(), block.size()) > 0) {
    }
    ::fcntl(ends[1], F_SETFL, O_WRONLY);
    Command command = each(std::string("--grace 1h --keep-going ") + words,
                           "test {} != 3 || exit 3; echo {}-up; exec sleep 600");
    Started run = command.in_child([&] { ::dup2(ends[1], 2); }).start();
    ASSERT_TRUE(run.wait_for_output("x-up"));
    run.send(SIGTERM);
    Ran ran = run.finish();
    EXPECT_THAT(ran, Exits(143)) << words;
    EXPECT_FALSE(ran.out_of_time) << words;
    ::close(ends[0]);
    ::close(ends[1]);
  }
}

TEST_F(EachStop, AnItemThatWasToldToStopIsNotDoneEvenIfItEndsWith0) {
  const std::string script = "trap 'exit 0' TERM; sleep 600 & echo up; wait";
  Started run = each("--items a --done-dir done", script).start();
  ASSERT_TRUE(run.wait_for_output("up"));
  run.send(SIGTERM);
  EXPECT_THAT(run.finish(), Exits(143));
  EXPECT_EQ(dir_.snapshot().size(), 1U) << "there is a mark";

  Started allowed = each("--items a --done-dir done --allow-term-success", script).start();
  ASSERT_TRUE(allowed.wait_for_output("up"));
  allowed.send(SIGTERM);
  EXPECT_THAT(allowed.finish(), Exits(0));
  EXPECT_EQ(dir_.snapshot().size(), 2U) << "there is no mark";
}

TEST_F(EachStop, ItemsThatFailedBeforeStayFailed) {
  dir_.write("message", "");
  Started run = each("--items 3,up,c --keep-going --message-file message",
                     "test {} != 3 || exit 3; echo {}; exec sleep 600")
                    .start();
  ASSERT_TRUE(run.wait_for_output("up"));
  run.send(SIGTERM);
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(143));
  EXPECT_THAT(ran.err, testing::HasSubstr("stopped by signal TERM with 2 of 3 items left to do"));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["class"], R"("stopped")");
  EXPECT_EQ(record["signal"], R"("TERM")");
  EXPECT_EQ(record["failed"], "1");
  EXPECT_EQ(record["succeeded"], "0");
}

TEST_F(EachStop, AnItemThatWaitsToBeTriedAgainIsGivenUp) {
  Started run = each("--items a --retries 5 --backoff 1h -v", "echo x; exit 1").start();
  ASSERT_TRUE(run.wait_for_output("x"));
  run.send(SIGTERM);
  EXPECT_THAT(run.finish(), Exits(143));
}

TEST_F(EachStop, OtherSignalsAreForwardedToAll) {
  Started run = each("--items a,b -j 2",
                     "trap 'echo {}-usr1; exit 0' USR1; echo {}-up; while :; do sleep 0.05; done")
                    .start();
  ASSERT_TRUE(run.wait_for_output("a-up"));
  ASSERT_TRUE(run.wait_for_output("b-up"));
  run.send(SIGUSR1);
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::HasSubstr("a-usr1\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("b-usr1\n"));
}

TEST_F(EachStop, AnIgnoredHangupEndsNothing) {
  dir_.make_fifo("go");
  Command command = each("--items a", "echo up; read x < go; echo $x");
  Started run = command.ignoring(SIGHUP).start();
  ASSERT_TRUE(run.wait_for_output("up"));
  run.send(SIGHUP);
  EXPECT_THAT(Command({"/bin/sh", "-c", "echo on > go"}).in(dir_.path()).run(), Exits(0));
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "up\non\n");
}

TEST_F(EachStop, AStoppedItemIsContinuedSoThatItCanObey) {
  Started run = each("--items a -v", "echo $$; kill -STOP $$; exec sleep 600").start();
  ASSERT_TRUE(run.wait_for_output("\n"));
  const pid_t item = std::stoi(run.output());
  ASSERT_TRUE(becomes_stopped(item));
  run.send(SIGTERM);
  EXPECT_THAT(run.finish(), Exits(143));
}

TEST_F(EachStop, CtrlCReachesItemsInTheBackground) {
  Pty terminal;
  Command command = each("--items a,b -j 2", "echo {}-up; exec sleep 600");
  terminal.give_to(command);
  Started run = command.start();
  ASSERT_TRUE(terminal.wait_for("a-up"));
  terminal.type("\x03");
  EXPECT_THAT(run.finish(), Exits(130));
}

TEST_F(EachStop, ProgressIsOneLineThatGoesAway) {
  Pty terminal;
  dir_.make_fifo("go");
  Command command = each("--items a,b,c -j 2", "test {} != c || read x < go; echo {}-ran");
  terminal.give_to(command);
  Started run = command.start();
  ASSERT_TRUE(terminal.wait_for("indexrun: 2/3 done, 1 running, 0 failed"));
  EXPECT_THAT(Command({"/bin/sh", "-c", "echo on > go"}).in(dir_.path()).run(), Exits(0));
  ASSERT_TRUE(terminal.wait_for("\r\x1b[Kc-ran"));
  EXPECT_THAT(run.finish(), Exits(0));
}

TEST_F(EachStop, QuietShowsNoProgress) {
  Pty terminal;
  Command command = each("--items a,b,c -j 2 -q", "sleep 0.2; echo {}-ran");
  terminal.give_to(command);
  Started run = command.start();
  EXPECT_THAT(run.finish(), Exits(0));
  EXPECT_TRUE(terminal.wait_for("c-ran"));
  EXPECT_THAT(terminal.seen(), testing::Not(testing::HasSubstr("done,")));
}

}  // namespace
}  // namespace indexrun::test
