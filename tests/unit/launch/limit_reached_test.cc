// SPDX-License-Identifier: Apache-2.0
#include "launch/limit_reached.h"

#include <csignal>

#include <sys/resource.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

confine::Prepared with(int resource, std::uint64_t hard) {
  confine::Prepared prepared;
  prepared.resources.limits = {{.resource = resource, .soft = 1, .hard = hard}};
  return prepared;
}

Outcome killed(int signal, std::chrono::seconds time = std::chrono::seconds(0)) {
  Outcome outcome;
  outcome.status.signal = signal;
  outcome.cpu_time = time;
  return outcome;
}

TEST(LimitReached, ASignalIsExplainedByItsLimit) {
  EXPECT_NE(limit_reached(with(RLIMIT_CPU, 6), killed(SIGXCPU)), "");
  EXPECT_NE(limit_reached(with(RLIMIT_FSIZE, 6), killed(SIGXFSZ)), "");
}

TEST(LimitReached, AndByNoOther) {
  EXPECT_EQ(limit_reached({}, killed(SIGXCPU)), "");
  EXPECT_EQ(limit_reached(with(RLIMIT_NOFILE, 6), killed(SIGXCPU)), "");
  EXPECT_EQ(limit_reached(with(RLIMIT_CPU, 6), killed(SIGXFSZ)), "");
  EXPECT_EQ(limit_reached(with(RLIMIT_FSIZE, 6), killed(SIGTERM)), "");
  EXPECT_EQ(limit_reached(with(RLIMIT_CPU, 6), {}), "");
}

TEST(LimitReached, AKillOnlyAfterAllTheTime) {
  EXPECT_EQ(limit_reached(with(RLIMIT_CPU, 6), killed(SIGKILL, std::chrono::seconds(5))), "");
  EXPECT_NE(limit_reached(with(RLIMIT_CPU, 6), killed(SIGKILL, std::chrono::seconds(6))), "");
}

TEST(LimitReached, OurTimeLimitIsTheBetterReason) {
  Outcome outcome = killed(SIGXCPU);
  outcome.timed_out = true;
  EXPECT_EQ(limit_reached(with(RLIMIT_CPU, 6), outcome), "");
}

}  // namespace
}  // namespace indexrun::launch
