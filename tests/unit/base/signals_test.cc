// SPDX-License-Identifier: Apache-2.0
#include "base/signals.h"

#include <string>

#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(SignalNames, RoundTripForEverySignal) {
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    EXPECT_EQ(parse_signal(signal_name(signal)), signal) << signal_name(signal);
  }
}

TEST(SignalNames, AreTakenInEveryUsualSpelling) {
  for (const char* text : {"TERM", "SIGTERM", "term", "sigterm", "15"}) {
    EXPECT_EQ(parse_signal(text), SIGTERM) << text;
  }
  EXPECT_EQ(parse_signal("RTMIN+2"), SIGRTMIN + 2);
  EXPECT_EQ(parse_signal("RTMAX-1"), SIGRTMAX - 1);
}

TEST(SignalNames, RefuseEverythingElse) {
  for (const char* text : {"", "0", "65", "-1", "SIG", "NOPE", "RTMIN-1", "RTMAX+1", "RTMIN+99",
                           "RTMIN+", "TERM ", "SIGSIGTERM"}) {
    EXPECT_EQ(parse_signal(text), std::nullopt) << text;
  }
}

class TakenSignals : public testing::Test {
 protected:
  void SetUp() override { inherited_ = take_signals(); }
  void TearDown() override { restore_signals(inherited_); }

  InheritedSignals inherited_;  // NOLINT: a fixture
};

TEST_F(TakenSignals, LeaveTheSynchronousFaultsAlone) {
  sigset_t mask;
  ::sigprocmask(SIG_BLOCK, nullptr, &mask);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT}) {
    EXPECT_EQ(sigismember(&mask, fault), 0) << signal_name(fault);
  }
  for (const int blocked : {SIGTERM, SIGINT, SIGCHLD, SIGPIPE, SIGTSTP, SIGRTMIN, SIGRTMAX}) {
    EXPECT_EQ(sigismember(&mask, blocked), 1) << signal_name(blocked);
  }
}

TEST_F(TakenSignals, FindAPendingStopOnce) {
  EXPECT_EQ(pending_stop_signal(), std::nullopt);
  ::raise(SIGTERM);
  EXPECT_EQ(pending_stop_signal(), SIGTERM);
  EXPECT_EQ(pending_stop_signal(), std::nullopt);
}

TEST_F(TakenSignals, PassOverAnIgnoredStop) {
  ::signal(SIGHUP, SIG_IGN);
  ::raise(SIGHUP);
  EXPECT_EQ(pending_stop_signal(), std::nullopt);
  ::signal(SIGHUP, SIG_DFL);
}

TEST(InheritedSignals, GetBackAnIgnoredChildSignal) {
  ::signal(SIGCHLD, SIG_IGN);
  const InheritedSignals inherited = take_signals();
  EXPECT_TRUE(inherited.child_ignored);
  struct sigaction action {};
  ::sigaction(SIGCHLD, nullptr, &action);
  EXPECT_EQ(action.sa_handler, SIG_DFL);
  restore_signals(inherited);
  ::sigaction(SIGCHLD, nullptr, &action);
  EXPECT_EQ(action.sa_handler, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);
}

}  // namespace
}  // namespace indexrun
