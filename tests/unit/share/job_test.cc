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

}  // namespace
}  // namespace indexrun::share
