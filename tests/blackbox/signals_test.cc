// SPDX-License-Identifier: Apache-2.0
// Under a supervisor the program gets every signal that the supervisor gets, and nothing is lost,
// also not one that comes early.
#include "support/blackbox.h"

#include <csignal>
#include <cstring>
#include <string>

namespace indexrun::test {
namespace {

class Signals : public Blackbox {
 protected:
  [[nodiscard]] Command supervised(const std::vector<std::string>& command) const {
    return indexrun("--supervise always --index 0 --item a").command(command);
  }
};

/// All that a process can catch and that means nothing to its parent's bookkeeping.
std::vector<int> forwarded_signals() {
  std::vector<int> signals;
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    bool synchronous = signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE ||
                       signal == SIGILL || signal == SIGTRAP || signal == SIGSYS ||
                       signal == SIGABRT;
    bool uncatchable = signal == SIGKILL || signal == SIGSTOP;
    bool glibc = signal == 32 || signal == 33;
    bool terminal = signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
    if (!synchronous && !uncatchable && !glibc && !terminal && signal != SIGCHLD) {
      signals.push_back(signal);
    }
  }
  return signals;
}

std::string name_of(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? name : std::to_string(signal);
}

TEST_F(Signals, EachIsForwarded) {
  for (int signal : forwarded_signals()) {
    Started started = supervised({probe(), "record-signals"}).start();
    ASSERT_TRUE(started.wait_for_output("ready\n"));
    started.send(signal);
    EXPECT_TRUE(started.wait_for_output("ready\n" + name_of(signal) + "\n"))
        << "signal " << signal << " did not arrive; output: " << started.output();
  }
}

TEST_F(Signals, TheProgramsAnswerToTermIsTheWorkersEnd) {
  Started started =
      supervised({"sh", "-c", "trap 'exit 7' TERM; echo ready; cat fifo & wait"}).start();
  dir_.make_fifo("fifo");
  ASSERT_TRUE(started.wait_for_output("ready"));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(7));
}

TEST_F(Signals, DeathByAForwardedSignalIs128Plus) {
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM, SIGRTMIN + 1}) {
    Started started = supervised({probe(), "hold"}).start();
    ASSERT_TRUE(started.wait_for_output("ready"));
    started.send(signal);
    EXPECT_THAT(started.finish(), Exits(128 + signal));
  }
}

TEST_F(Signals, AProgramThatIgnoresTermIsKilledAfterTheGracePeriod) {
  Command command = indexrun("--grace 200ms --index 0 --item a");
  Started started = command.command({probe(), "hold", "TERM"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(137));
}

TEST_F(Signals, AStoppedProgramStillEnds) {
  Started started = supervised({"sh", "-c", "echo ready; kill -STOP $$; exit 3"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  started.send(SIGCONT);
  started.send(SIGTERM);
  Ran ran = started.finish();
  EXPECT_THAT(ran.exit, testing::AnyOf(143, 3)) << ran;
}

TEST_F(Signals, NoneIsLostHoweverEarlyItComes) {
  for (int round = 0; round < 100; ++round) {
    Started started = supervised({"sleep", "600"}).start();
    started.send(SIGTERM);
    EXPECT_EQ(started.finish().shell_status(), 143);
  }
}

TEST_F(Signals, NoneIsLostInExecMode) {
  for (int round = 0; round < 100; ++round) {
    Command command = indexrun("--supervise never --index 0 --item a -w data sleep 600");
    Started started = command.start();
    started.send(SIGTERM);
    EXPECT_EQ(started.finish().shell_status(), 143);
  }
}

TEST_F(Signals, OneThatWeInheritedIgnoredIsForwardedAllTheSame) {
  Started started = supervised({probe(), "record-signals"}).ignoring(SIGTERM).start();
  ASSERT_TRUE(started.wait_for_output("ready\n"));
  started.send(SIGTERM);
  EXPECT_TRUE(started.wait_for_output("TERM\n"));
}

}  // namespace
}  // namespace indexrun::test
