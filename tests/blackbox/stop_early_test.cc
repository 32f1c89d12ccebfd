// SPDX-License-Identifier: Apache-2.0
// Told to stop before the program started: 128 + signal, nothing written, nothing run.
#include "support/access_gate.h"
#include "support/blackbox.h"
#include "support/record.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class StopEarly : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 -w data --supervise")
        .args({GetParam()})
        .line(words)
        .command({"touch", "ran"});
  }

  void expect_stopped(Started& started, int signal) const {
    Ran ran = started.finish();
    EXPECT_EQ(ran.shell_status(), 128 + signal) << ran;
    EXPECT_EQ(ran.out, "");
    EXPECT_FALSE(dir_.has("ran")) << "the program was run";
    EXPECT_FALSE(dir_.has("data")) << "a file was written";
  }
};

TEST_P(StopEarly, WhileAListComesSlowly) {
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
    std::string fifo = dir_.make_fifo("list");
    Started started = worker("-f list").start();
    int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    started.send(signal);
    expect_stopped(started, signal);
    close(writer);
    unlink(fifo.c_str());
  }
}

TEST_P(StopEarly, WhileNobodyOpensTheList) {
  dir_.make_fifo("list");
  Started started = worker("-f list").start();
  started.send(SIGTERM);
  expect_stopped(started, SIGTERM);
}

TEST_P(StopEarly, WhileAnyOtherFileComesSlowly) {
  for (const char* words : {"--index 0 --item a --render slow out",
                            "--index 0 --item a --env-file slow", "--index-file slow --item a"}) {
    std::string fifo = dir_.make_fifo("slow");
    Started started = indexrun("-w data --supervise")
                          .args({GetParam()})
                          .line(words)
                          .command({"touch", "ran"})
                          .start();
    int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    started.send(SIGTERM);
    expect_stopped(started, SIGTERM);
    EXPECT_FALSE(dir_.has("out"));
    close(writer);
    unlink(fifo.c_str());
  }
}

TEST_P(StopEarly, WhileTheListIsRead) {
  std::string list = dir_.write("items.txt", std::string(4 << 20, 'x') + "\n");
  AccessGate gate(list);
  INDEXRUN_SKIP_UNLESS(gate.available(), "fanotify permission events needed");
  Started started = worker("-f items.txt").start();
  gate.at_read(2, [&started] { started.send(SIGTERM); });
  expect_stopped(started, SIGTERM);
}

TEST_P(StopEarly, IsTheOutcomeInTheRecord) {
  dir_.write("message", "");
  std::string fifo = dir_.make_fifo("list");
  Started started = worker("-f list --message-file message").start();
  int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  started.send(SIGTERM);
  expect_stopped(started, SIGTERM);
  Record record(dir_.read("message"));
  EXPECT_EQ(record["outcome"], R"("failed")");
  EXPECT_EQ(record["class"], R"("stopped")");
  EXPECT_EQ(record["exit"], "143");
  EXPECT_EQ(record["signal"], R"("TERM")");
  close(writer);
}

INSTANTIATE_TEST_SUITE_P(Modes, StopEarly, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(Blackbox, StageStopsWithoutAFileToo) {
  std::string fifo = dir_.make_fifo("list");
  Started started = indexrun("stage --index 0 -f list -w data").start();
  int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  started.send(SIGTERM);
  EXPECT_EQ(started.finish().shell_status(), 143);
  EXPECT_FALSE(dir_.has("data"));
  close(writer);
}

}  // namespace
}  // namespace indexrun::test
