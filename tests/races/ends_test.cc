// SPDX-License-Identifier: Apache-2.0
// Ends that meet other events: a program that fails to start or ends at once, orphans that end with
// it, a TERM or the time limit at the moment of its own end. The status is one of those that are
// right, and there always is one.
#include "races/racer.h"
#include "support/run.h"
#include "support/temp_dir.h"

#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::test {
namespace {

constexpr int kRun = 4'000;

class Ends : public testing::Test {
 protected:
  Load load_;
  std::mt19937 random_{5};
  TempDir dir_;
};

TEST_F(Ends, AProgramThatEndsAtOnceIsNotMissed) {
  for (int run = runs(0.2); run > 0; --run) {
    Racer racer(supervised({}, {probe(), "exit", "3"}), {});
    ASSERT_EQ(racer.finish(), 3);
  }
}

TEST_F(Ends, OneThatCannotBeExecutedIsNotMissed) {
  const std::string program = dir_.write("program", "#!/no/such/interpreter\n", 0755);
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised({}, {program}), {});
    dawdle(random_, kRun);
    racer.send(SIGTERM);
    ASSERT_THAT(racer.finish(), testing::AnyOf(126, 127, 143));
  }
}

TEST_F(Ends, OneThatEndsTogetherWithOrphansIsNotMissed) {
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised({}, {probe(), "fork-orphans", "4", "then", "exit", "7"}), {});
    ASSERT_EQ(racer.finish(), 7);
  }
}

TEST_F(Ends, OneThatEndsTogetherWithOrphansOfAFirstProcessIsNotMissed) {
  INDEXRUN_SKIP_UNLESS(can_be_first(), "PID namespaces needed");
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised({}, {probe(), "fork-orphans", "4", "then", "exit", "7"}),
                {.first_process = true});
    ASSERT_EQ(racer.finish(), 7);
  }
}

TEST_F(Ends, ATermAtItsEndLeavesItsStatusOrIts143) {
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised({}, {probe(), "exit", "3"}), {});
    dawdle(random_, kRun);
    racer.send(SIGTERM);
    ASSERT_THAT(racer.finish(), testing::AnyOf(3, 143));
  }
}

TEST_F(Ends, TheTimeLimitAtItsEndLeavesItsStatusOr124) {
  for (int run = runs(0.1); run > 0; --run) {
    Racer racer(supervised({"--timeout=3ms", "--grace=1h"}, {"/bin/sleep", "0.002"}), {});
    ASSERT_THAT(racer.finish(), testing::AnyOf(0, 124));
  }
}

}  // namespace
}  // namespace indexrun::test
