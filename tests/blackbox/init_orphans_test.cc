// SPDX-License-Identifier: Apache-2.0
// Orphans by the thousand, what is left behind, and waiting for it. The names behind the tests are
// those of the comparison with other inits.
#include "support/blackbox.h"
#include "support/processes.h"

#include <algorithm>
#include <csignal>

namespace indexrun::test {
namespace {

class InitOrphans : public Blackbox {
 protected:
  [[nodiscard]] Command init(const std::string& words,
                             const std::vector<std::string>& program) const {
    return indexrun("--supervise always --no-index").line(words).command(program);
  }

  /// No child of it but the program, not even a zombie.
  static bool only_the_program(const Started& started, pid_t program) {
    const std::vector<pid_t> children = children_of(started.pid());
    return std::all_of(children.begin(), children.end(), [&](pid_t pid) { return pid == program; });
  }
};

TEST_F(InitOrphans, TenThousandLeaveNoZombie) {
  Started started = init("", {probe(), "fork-orphans", "10000", "then", "hold"}).start();
  const pid_t program = program_of(started.pid());
  ASSERT_TRUE(started.wait_for_output("ready"));
  EXPECT_TRUE(eventually([&] { return only_the_program(started, program); }));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(143));
}

TEST_F(InitOrphans, ThousandsOfZombiesLeftBehindDoNotDelayTheEnd) {
  // The program does not wait for its own children: we get them all at its end.
  EXPECT_THAT(init("", {probe(), "fork-orphans", "10000", "then", "exit", "41"}).run(), Exits(41));
}

TEST_F(InitOrphans, ThousandsThatRunAreEnded) {
  const char* script = "i=0; while [ $i -lt 1000 ]; do sleep 600 & i=$((i+1)); done; exit 6";
  EXPECT_THAT(init("", {"sh", "-c", script}).run(), Exits(6));
}

TEST_F(InitOrphans, T14_TheyKeepTheirGroupAndThereIsNoNoise) {
  const char* script =
      "i=0; while [ $i -lt 100 ]; do (sleep 0.1 &); i=$((i+1)); done; echo ready; cat fifo";
  dir_.make_fifo("fifo");
  Started started = init("", {"sh", "-c", script}).start();
  const pid_t program = program_of(started.pid());
  ASSERT_TRUE(started.wait_for_output("ready"));
  for (const pid_t pid : children_of(started.pid())) {
    const pid_t group = getpgid(pid);
    EXPECT_TRUE(group == program || group < 0);
  }
  EXPECT_TRUE(eventually([&] { return only_the_program(started, program); }));
  dir_.write("fifo", "");
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.err, "");
}

TEST_F(InitOrphans, D13_WhatIsLeftIsToldToEndAndHasTimeForIt) {
  const char* script =
      "sh -c 'trap \"echo told; sleep 0.3; echo done; exit\" TERM; echo ready >fifo; "
      "while :; do sleep 0.02; done' & read x <fifo; exit 5";
  dir_.make_fifo("fifo");
  Ran ran = init("", {"sh", "-c", script}).run();
  EXPECT_THAT(ran, Exits(5));
  EXPECT_EQ(ran.out, "told\ndone\n");
}

TEST_F(InitOrphans, N13_DescendantsThatLeftTheGroupOrTheSessionEndToo) {
  const char* script =
      "setsid sh -c 'trap \"\" TERM; setsid sleep 600 & echo $! >pid; wait' & "
      "until [ -s pid ]; do sleep 0.02; done; exit 5";
  EXPECT_THAT(init("", {"sh", "-c", script}).run(), Exits(5));
  EXPECT_EQ(state_of(std::stoi(dir_.read("pid"))), '-');
}

TEST_F(InitOrphans, D14_WaitAllWaitsForThemAndSendsNothing) {
  const char* script =
      "sh -c 'trap \"echo TERM\" TERM; echo left; read x <fifo; echo late' & read x <gate; exit 3";
  dir_.make_fifo("fifo");
  dir_.make_fifo("gate");
  Started started = init("--wait-all", {"sh", "-c", script}).start();
  const pid_t program = program_of(started.pid());
  ASSERT_TRUE(started.wait_for_output("left"));
  dir_.write("gate", "go\n");
  ASSERT_TRUE(eventually([&] { return state_of(program) == '-'; }));
  dir_.write("fifo", "go\n");
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.out, "left\nlate\n");
}

TEST_F(InitOrphans, WaitAllWaitsForWhoeverLeftTheSessionToo) {
  const char* script = "setsid sh -c 'echo left; read x <fifo; echo late' & exit 3";
  dir_.make_fifo("fifo");
  Started started = init("--wait-all", {"sh", "-c", script}).start();
  ASSERT_TRUE(started.wait_for_output("left"));
  dir_.write("fifo", "go\n");
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.out, "left\nlate\n");
}

TEST_F(InitOrphans, ATermWhileAllAreWaitedForEndsThem) {
  Started started =
      init("--wait-all", {"sh", "-c", "sleep 600 & setsid sleep 600 & echo ready; exit 3"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  const pid_t pid = started.pid();
  ASSERT_TRUE(eventually([&] { return children_of(pid).size() >= 2; }));
  started.send(SIGTERM);
  Ran ran = started.finish();
  EXPECT_FALSE(ran.out_of_time) << ran;
}

TEST_F(InitOrphans, ASecondTermHurriesWhatIsLeft) {
  const char* script =
      "trap '' TERM; sh -c 'trap \"\" TERM; while :; do sleep 0.02; done' & read x <gate; exit 4";
  dir_.make_fifo("gate");
  Started started = init("--grace 1h", {"sh", "-c", script}).start();
  const pid_t program = program_of(started.pid());
  dir_.write("gate", "go\n");
  ASSERT_TRUE(eventually([&] { return state_of(program) == '-'; }));
  started.send(SIGTERM);
  // Two that are pending together are one.
  ASSERT_TRUE(eventually([&] {
    return status_of(started.pid(), "ShdPnd").find_first_not_of('0') == std::string::npos;
  }));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(4));
}

TEST_F(InitOrphans, C1_AnEndTogetherWithAnOrphansIsNotMissed) {
  for (int run = 0; run < 100; ++run) {
    const char* script = "sh -c 'sleep 0.01 & kill -9 $$'; sleep 0.0087";
    ASSERT_THAT(init("", {"sh", "-c", script}).run(), Exits(0));
  }
}

}  // namespace
}  // namespace indexrun::test
