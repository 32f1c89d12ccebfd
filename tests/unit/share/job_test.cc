// SPDX-License-Identifier: Apache-2.0
#include "share/job.h"

#include "given.h"

#include <csignal>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

TEST(Job, IsNamedByPositionAndItem) {
  EXPECT_EQ(name_of(item_at(7, "foo\n")), "item 7 ('foo\\n')");
}

TEST(Job, TellsHowItEnded) {
  launch::Outcome outcome;
  outcome.status.code = 3;
  EXPECT_EQ(describe(outcome), "ended with 3");
  outcome.status = {.code = 0, .signal = SIGSEGV};
  EXPECT_EQ(describe(outcome), "was killed by SEGV");
  outcome.timed_out = true;
  outcome.duration = Milliseconds(1500);
  EXPECT_EQ(describe(outcome), "the time limit (--timeout) ended it after 1500 ms");
}

TEST(Pause, DoublesUpToAMinute) {
  const Milliseconds second(1'000);
  EXPECT_EQ(pause_after(0, second), second);
  EXPECT_EQ(pause_after(1, second), 2 * second);
  EXPECT_EQ(pause_after(5, second), 32 * second);
  EXPECT_EQ(pause_after(6, second), 60 * second);
  EXPECT_EQ(pause_after(4'000'000'000, second), 60 * second);
}

TEST(Pause, StaysAsItIsAboveAMinuteAndAtNothing) {
  const Milliseconds hour(3'600'000);
  EXPECT_EQ(pause_after(9, hour), hour);
  EXPECT_EQ(pause_after(4'000'000'000, Milliseconds(0)), Milliseconds(0));
}

}  // namespace
}  // namespace indexrun::share
