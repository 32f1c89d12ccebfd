// SPDX-License-Identifier: Apache-2.0
#include "launch/retry.h"

#include <csignal>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

TEST(Retry, WithoutAListCoversEverything) {
  const Retry retry{.retries = 1};
  EXPECT_TRUE(retry.covers({.code = 1}, false));
  EXPECT_TRUE(retry.covers({.signal = SIGKILL}, false));
  EXPECT_TRUE(retry.covers({.code = 0}, true));
}

TEST(Retry, CoversTheListedCodesAndRanges) {
  const Retry retry{.retries = 1, .on = {.codes = {{3, 3}, {10, 20}}}};
  for (const int code : {3, 10, 15, 20}) {
    EXPECT_TRUE(retry.covers({.code = code}, false)) << code;
  }
  for (const int code : {1, 2, 4, 9, 21, 255}) {
    EXPECT_FALSE(retry.covers({.code = code}, false)) << code;
  }
  EXPECT_FALSE(retry.covers({.signal = 3}, false));
}

TEST(Retry, TellsDeathsFromCodes) {
  const Retry retry{.retries = 1, .on = {.signals = {SIGKILL}}};
  EXPECT_TRUE(retry.covers({.signal = SIGKILL}, false));
  EXPECT_FALSE(retry.covers({.signal = SIGSEGV}, false));
  EXPECT_FALSE(retry.covers({.code = 137}, false));
}

TEST(Retry, ATimeLimitCountsWhateverTheStatus) {
  const Retry limited{.retries = 1, .on = {.timeout = true}};
  EXPECT_TRUE(limited.covers({.signal = SIGTERM}, true));
  EXPECT_TRUE(limited.covers({.code = 0}, true));
  EXPECT_FALSE(limited.covers({.signal = SIGTERM}, false));
  const Retry other{.retries = 1, .on = {.signals = {SIGTERM}}};
  EXPECT_FALSE(other.covers({.signal = SIGTERM}, true));
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
}  // namespace indexrun::launch
