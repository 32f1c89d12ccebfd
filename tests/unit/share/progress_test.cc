// SPDX-License-Identifier: Apache-2.0
#include "share/progress.h"

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

TEST(Progress, CountsWhatIsDoneOneWayOrTheOther) {
  Sum sum;
  sum.items = 60;
  sum.succeeded = 10;
  sum.skipped = 2;
  sum.failed = 1;
  EXPECT_EQ(progress_line(sum, 3, 80), "indexrun: 12/60 done, 3 running, 1 failed");
}

TEST(Progress, StaysOnOneLineOfANarrowTerminal) {
  EXPECT_EQ(progress_line(Sum(), 0, 12), "indexrun: 0");
  EXPECT_EQ(progress_line(Sum(), 0, 0), "");
}

}  // namespace
}  // namespace indexrun::share
