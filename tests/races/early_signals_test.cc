// SPDX-License-Identifier: Apache-2.0
// A signal at any moment of the start: never lost, never delivered twice. What the kernel drops
// before main() of a PID namespace's first process could block it is out of anybody's reach; what
// is sent once SigBlk shows the mask is not. 10,000 starts in all.
#include "races/racer.h"
#include "support/run.h"

#include <csignal>

#include <gtest/gtest.h>

namespace indexrun::test {
namespace {

/// Longer than a start takes on busy cores, so that some signals come when the program runs.
constexpr int kStart = 4'000;

using Words = std::vector<std::string>;

class EarlySignals : public testing::TestWithParam<Words> {
 protected:
  [[nodiscard]] static Words holding() { return supervised(GetParam(), {probe(), "hold"}); }

  Load load_;
  std::mt19937 random_{2026};
};

TEST_P(EarlySignals, TermEndsItWheneverItComes) {
  for (int run = runs(0.2); run > 0; --run) {
    Racer racer(holding(), {});
    dawdle(random_, kStart);
    racer.send(SIGTERM);
    ASSERT_EQ(racer.finish(), 143) << run << " runs before the end";
  }
}

TEST_P(EarlySignals, TermEndsAFirstProcessThatHasBlockedIt) {
  INDEXRUN_SKIP_UNLESS(can_be_first(), "PID namespaces needed");
  for (int run = runs(0.2); run > 0; --run) {
    Racer racer(holding(), {.first_process = true});
    ASSERT_TRUE(racer.wait_until_blocked(SIGTERM));
    dawdle(random_, kStart);
    racer.send(SIGTERM);
    ASSERT_EQ(racer.finish(), 143) << run << " runs before the end";
  }
}

/// The program inherits the mask: whatever has been sent to it waits until it looks.
TEST_P(EarlySignals, EachArrivesExactlyOnceWithItsValue) {
  const int queued = SIGRTMIN + 5;
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised(GetParam(), {probe(), "record-signals", "3", "9"}),
                {.all_blocked = true});
    dawdle(random_, kStart);
    racer.send(SIGUSR1);
    racer.queue(queued, run);
    const std::string value = std::to_string(queued) + "=" + std::to_string(run) + "\n";
    ASSERT_TRUE(racer.wait_for(value)) << racer.output();
    racer.send(SIGHUP);
    ASSERT_EQ(racer.finish(), 9) << racer.output();
    ASSERT_EQ(racer.output(), "ready\nUSR1\n" + value + "HUP\n");
  }
}

INSTANTIATE_TEST_SUITE_P(To, EarlySignals, testing::Values(Words{}, Words{"--signal-to=group"}),
                         [](const auto& row) { return row.param.empty() ? "Program" : "Group"; });

}  // namespace
}  // namespace indexrun::test
