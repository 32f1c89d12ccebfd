// SPDX-License-Identifier: Apache-2.0
#include "launch/signal_map.h"

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

TEST(SignalMap, LeavesWhatItDoesNotName) {
  const SignalMap map;
  EXPECT_EQ(map(SIGTERM), SIGTERM);
  EXPECT_EQ(map.stop(), SIGTERM);
}

TEST(SignalMap, RewritesOnceOnly) {
  SignalMap map;
  map.add(SIGTERM, SIGINT);
  map.add(SIGINT, SIGTERM);
  map.add(SIGHUP, SIGTERM);
  EXPECT_EQ(map(SIGTERM), SIGINT);
  EXPECT_EQ(map(SIGINT), SIGTERM);
  EXPECT_EQ(map(SIGHUP), SIGTERM);
  EXPECT_EQ(map.stop(), SIGINT);
}

TEST(SignalMap, ADroppedTermStillEndsTheProgramOnOurOwnAccount) {
  SignalMap map;
  map.add(SIGTERM, 0);
  EXPECT_EQ(map(SIGTERM), 0);
  EXPECT_EQ(map.stop(), SIGTERM);
}

TEST(SignalMap, WhatArrivesAsNoStopSignalStopsNothing) {
  SignalMap map;
  map.add(SIGHUP, SIGUSR1);
  map.add(SIGQUIT, 0);
  map.add(SIGTERM, SIGINT);
  map.add(SIGINT, SIGKILL);
  const sigset_t stops = map.stopping();
  EXPECT_EQ(sigismember(&stops, SIGHUP), 0);
  EXPECT_EQ(sigismember(&stops, SIGQUIT), 0);
  EXPECT_EQ(sigismember(&stops, SIGTERM), 1);
  EXPECT_EQ(sigismember(&stops, SIGINT), 1);
}

TEST(SignalMap, ARewriteToADroppedSignalIsJudgedByWhatItIs) {
  SignalMap map;
  map.add(SIGTERM, 0);
  map.add(SIGINT, SIGTERM);
  const sigset_t stops = map.stopping();
  EXPECT_EQ(sigismember(&stops, SIGINT), 1);
  EXPECT_EQ(sigismember(&stops, SIGTERM), 0);
}

}  // namespace
}  // namespace indexrun::launch
