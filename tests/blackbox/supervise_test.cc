// SPDX-License-Identifier: Apache-2.0
// What a supervisor is there for: orphans, leftovers, and not being in the way.
#include "support/blackbox.h"

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class Supervise : public Blackbox {
 protected:
  [[nodiscard]] Command shell(const std::string& mode, const std::string& script) const {
    return indexrun("--index 0 --item a --supervise").args({mode, "sh", "-c", script});
  }
};

/// Ends when the orphan, which is nobody's child but the supervisor's, is gone and not a zombie.
const char* const kWaitForOrphan =
    "sh -c 'true & echo $! >orphan'; while [ -d /proc/$(cat orphan) ]; do :; done; echo gone";

TEST_F(Supervise, OrphansAreReapedWhileTheProgramRuns) {
  EXPECT_THAT(shell("always", kWaitForOrphan).run(), Prints("gone\n"));
}

TEST_F(Supervise, WhatTheProgramLeavesBehindEndsWithIt) {
  for (const char* kind : {"obedient", "stubborn", "session", "stopped"}) {
    Command command = indexrun("--supervise always --index 0 --item a");
    Ran ran = command.command({probe(), "leave-behind", kind, "then", "exit", "4"}).run();
    EXPECT_THAT(ran, Exits(4)) << kind;
    EXPECT_NE(kill(std::stoi("0" + ran.out), 0), 0) << kind << " still runs";
  }
}

TEST_F(Supervise, ManyOrphansAreReaped) {
  Command command = indexrun("--supervise always --index 0 --item a");
  EXPECT_THAT(command.command({probe(), "fork-orphans", "200", "then", "exit", "5"}).run(),
              Exits(5));
}

TEST_F(Supervise, AnOrphansStatusIsNotTheProgramsStatus) {
  EXPECT_THAT(shell("always", "sh -c 'sh -c \"exit 9\" &'; exit 4").run(), Exits(4));
}

TEST_F(Supervise, AutoBecomesTheProgramWhenNothingNeedsASupervisor) {
  for (const char* mode : {"auto", "never"}) {
    Started started = shell(mode, "echo pid $$.; exec cat fifo").start();
    dir_.make_fifo("fifo");
    EXPECT_TRUE(started.wait_for_output("pid " + std::to_string(started.pid()) + ".\n"));
    unlink((dir_ / "fifo").c_str());
  }
}

TEST_F(Supervise, AReaderSeesTheEndWhenTheProgramClosesItsOutput) {
  dir_.make_fifo("fifo");
  Started started = shell("always", "echo last; exec >/dev/null 2>/dev/null; cat fifo").start();
  EXPECT_TRUE(started.wait_for_end_of_output());
  EXPECT_EQ(started.output(), "last\n");
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(143));
}

TEST_F(Supervise, ARefusedForkIsOurOwnFailure) {
  Command command = indexrun("--supervise always --index 0 --item a").command(kEcho);
  // The leak check of a sanitizer build would want a process of its own.
  command.env("ASAN_OPTIONS", "detect_leaks=0");
  if (is_root()) {
    command.as_user(65533);
  }
  command.in_child([] {
    rlimit none{0, 0};
    setrlimit(RLIMIT_NPROC, &none);
  });
  expect_refusal(command,
                 {.exit = 125, .stage = "launch", .says = {"Resource temporarily unavailable"}});
}

TEST_F(Supervise, ABadModeIsAnError) {
  expect_refusal(shell("sometimes", "echo ran"),
                 {.exit = 196, .stage = "options", .object = "--supervise"});
}

}  // namespace
}  // namespace indexrun::test
