// SPDX-License-Identifier: Apache-2.0
#include "gates/wait.h"

#include "base/signals.h"
#include "scratch.h"

#include <csignal>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

using ::testing::HasSubstr;

class WaitTest : public Scratch {
 protected:
  ~WaitTest() override { restore_signals(inherited_); }

  [[nodiscard]] Gate file(const std::string& name) const {
    return parse_gate("file:" + at(name)).value();
  }

  InheritedSignals inherited_ = take_signals();
};

TEST_F(WaitTest, ForNothingIsOver) {
  EXPECT_TRUE(wait({}, {}));
}

TEST_F(WaitTest, LooksBeforeTheTimeIsOver) {
  write("there", "");
  const std::vector<Gate> gates{file("there")};
  EXPECT_TRUE(wait(gates, {.timeout = Milliseconds(0)}));
}

TEST_F(WaitTest, TellsAllThatIsMissing) {
  write("there", "");
  const std::vector<Gate> gates{file("there"), file("one"), file("two")};
  const auto met = wait(gates, {.timeout = Milliseconds(1)});
  ASSERT_FALSE(met);
  EXPECT_EQ(met.error().failure, Failure::kInput);
  EXPECT_EQ(met.error().object, "file:" + at("one"));
  EXPECT_THAT(met.error().problem, HasSubstr("file:" + at("two") + ": No such file"));
  EXPECT_THAT(met.error().problem, ::testing::Not(HasSubstr("there")));
}

TEST_F(WaitTest, EndsWithAStopSignalAndLeavesTheOthers) {
  const std::vector<Gate> gates{file("never")};
  ASSERT_EQ(::raise(SIGUSR1), 0);
  ASSERT_EQ(::raise(SIGTERM), 0);
  const auto met = wait(gates, {});
  ASSERT_FALSE(met);
  EXPECT_EQ(met.error().failure, Failure::kStopped);
  EXPECT_EQ(met.error().signal, SIGTERM);
  sigset_t left;
  sigemptyset(&left);
  sigaddset(&left, SIGUSR1);
  const timespec at_once{};
  EXPECT_EQ(::sigtimedwait(&left, nullptr, &at_once), SIGUSR1);
}

}  // namespace
}  // namespace indexrun::gates
