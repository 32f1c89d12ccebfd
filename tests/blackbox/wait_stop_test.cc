// SPDX-License-Identifier: Apache-2.0
// Signals while a worker waits: a stop signal ends it at once, all others reach the program.
#include "support/blackbox.h"
#include "support/listener.h"
#include "support/name_server.h"
#include "support/waiting.h"

#include <csignal>
#include <ctime>
#include <string>

namespace indexrun::test {
namespace {

class WaitStop : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a -w data").line(words).command({"touch", "ran"});
  }

  void expect_stopped(Started started, int signal) const {
    ASSERT_TRUE(waits(started.pid()));
    started.send(signal);
    const auto sent = std::chrono::steady_clock::now();
    Ran ran = started.finish();
    EXPECT_LT(std::chrono::steady_clock::now() - sent, std::chrono::seconds(1));
    EXPECT_EQ(ran.shell_status(), 128 + signal) << ran;
    EXPECT_THAT(ran.err, testing::HasSubstr("stopped by signal"));
    EXPECT_FALSE(dir_.has("ran")) << "the program was run";
    EXPECT_FALSE(dir_.has("data")) << "a file was written";
  }
};

TEST_F(WaitStop, ForAFile) {
  for (const char* supervise : {"never", "always"}) {
    for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
      expect_stopped(worker(std::string("--wait-for file:never --supervise ") + supervise).start(),
                     signal);
    }
  }
}

TEST_F(WaitStop, InThePauseBetweenTwoConnections) {
  Listener closed;
  expect_stopped(worker("--wait-for tcp:127.0.0.1:" + closed.port()).start(), SIGTERM);
}

TEST_F(WaitStop, WhileAConnectionIsMade) {
  Listener full;
  full.listen_and_fill();
  expect_stopped(worker("--wait-for tcp:127.0.0.1:" + full.port()).start(), SIGTERM);
}

TEST_F(WaitStop, WhileANameIsLookedUp) {
  NameServer silent("127.0.0.76", NameServer::Manner::kSilent);
  INDEXRUN_SKIP_UNLESS(silent.valid(), "port 53 of the loopback interface needed");
  std::string resolv = dir_.write("resolv.conf", "nameserver 127.0.0.76\n");
  std::string hosts = dir_.write("hosts", "");
  Started started =
      worker("--wait-for tcp:peer.test:80").in_child(NameServer::with_files(resolv, hosts)).start();
  ASSERT_TRUE(silent.wait_for_questions(1));
  expect_stopped(std::move(started), SIGTERM);
}

TEST_F(WaitStop, StageToo) {
  Started started = indexrun("stage --index 0 --item a -w data --wait-for file:never").start();
  ASSERT_TRUE(waits(started.pid()));
  started.send(SIGTERM);
  EXPECT_EQ(started.finish().shell_status(), 143);
  EXPECT_FALSE(dir_.has("data"));
}

TEST_F(WaitStop, OneThatIsIgnoredStopsNothingAndWakesNobody) {
  Started started = worker("--wait-for file:ready").ignoring(SIGHUP).start();
  ASSERT_TRUE(waits(started.pid()));
  started.send(SIGHUP);
  // That nothing happens has no event: a moment without a wake-up is looked at.
  const timespec moment{0, 200'000'000};
  nanosleep(&moment, nullptr);
  const std::string before = wake_ups(started.pid());
  nanosleep(&moment, nullptr);
  EXPECT_EQ(wake_ups(started.pid()), before);
  dir_.write("ready", "");
  EXPECT_THAT(started.finish(), Exits(0));
  EXPECT_TRUE(dir_.has("ran"));
}

TEST_F(WaitStop, OthersReachTheProgramUnderASupervisor) {
  Started started = indexrun("--supervise always --index 0 --item a --wait-for file:ready")
                        .command({probe(), "record-signals", "3"})
                        .blocking(SIGUSR1)
                        .blocking(SIGWINCH)
                        .blocking(SIGRTMIN + 3)
                        .start();
  ASSERT_TRUE(waits(started.pid()));
  for (int signal : {SIGUSR1, SIGWINCH, SIGRTMIN + 3}) {
    started.send(signal);
  }
  dir_.write("ready", "");
  Ran ran = started.finish();
  EXPECT_EQ(ran.exit, 0) << ran;
  for (const std::string& name :
       {std::string("USR1"), std::string("WINCH"), std::to_string(SIGRTMIN + 3)}) {
    EXPECT_THAT(ran.out, testing::HasSubstr("\n" + name + "\n"));
  }
}

TEST_F(WaitStop, OthersReachTheProgramThatWeBecome) {
  Started started = indexrun("--supervise never --index 0 --item a --wait-for file:ready")
                        .command({probe(), "record-signals", "1"})
                        .blocking(SIGUSR1)
                        .start();
  ASSERT_TRUE(waits(started.pid()));
  started.send(SIGUSR1);
  dir_.write("ready", "");
  EXPECT_THAT(started.finish(), Prints("ready\nUSR1\n"));
}

}  // namespace
}  // namespace indexrun::test
