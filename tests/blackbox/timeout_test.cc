// SPDX-License-Identifier: Apache-2.0
// Our time limit: 124 whatever the program makes of it, and only ours.
#include "support/blackbox.h"
#include "support/record.h"

namespace indexrun::test {
namespace {

class Timeout : public Blackbox {
 protected:
  [[nodiscard]] Ran limited(const std::string& words, const std::string& script) const {
    return indexrun("--index 0 --item a --message-file message")
        .line(words)
        .command({"sh", "-c", script})
        .run();
  }
};

TEST_F(Timeout, EndsTheProgramWith124) {
  dir_.write("message", "");
  EXPECT_THAT(limited("--timeout 100ms", "exec sleep 600"), Exits(124));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["outcome"], R"("timeout")");
  EXPECT_EQ(record["class"], R"("timeout")");
  EXPECT_EQ(record["exit"], "124");
}

TEST_F(Timeout, Is124EvenIfTheProgramThenSucceeds) {
  dir_.make_fifo("fifo");
  EXPECT_THAT(limited("--timeout 200ms", "trap 'exit 0' TERM; cat fifo & wait"), Exits(124));
}

TEST_F(Timeout, Is124EvenByKill) {
  EXPECT_THAT(limited("--timeout 100ms --grace 100ms", "trap '' TERM; exec sleep 600"), Exits(124));
}

TEST_F(Timeout, AProgramThatIsQuickerKeepsItsStatus) {
  EXPECT_THAT(limited("--timeout 1h", "exit 5"), Exits(5));
  EXPECT_THAT(limited("--timeout 1h", "exit 124"), Exits(124));
}

TEST_F(Timeout, CanBeRemapped) {
  EXPECT_THAT(limited("--timeout 50ms --exit-code timeout=99", "exec sleep 600"), Exits(99));
}

TEST_F(Timeout, WhatTheProgramLeftBehindEndsToo) {
  Ran ran = limited("--timeout 200ms", "sleep 600 & echo ready; wait");
  EXPECT_THAT(ran, Exits(124));
  EXPECT_FALSE(ran.out_of_time) << "the orphan kept standard output open";
}

TEST_F(Timeout, NeedsASupervisor) {
  for (const char* words : {"--supervise never --timeout 1", "--supervise never --grace 1"}) {
    expect_refusal(indexrun("--index 0 --item a").line(words).command(kEcho), {.exit = 196});
  }
}

TEST_F(Timeout, ABadDurationIsAnError) {
  for (const char* duration : {"x", "-1", "1y", "", " 1", "1 s", "s", "1e3", "99999999d"}) {
    expect_refusal(indexrun("--index 0 --item a").args({"--timeout", duration}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--timeout"});
  }
}

}  // namespace
}  // namespace indexrun::test
