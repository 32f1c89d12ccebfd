// SPDX-License-Identifier: Apache-2.0
#include "base/wait_status.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

WaitStatus after(void (*action)()) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    action();
    ::_exit(99);
  }
  int raw = 0;
  ::waitpid(pid, &raw, 0);
  return WaitStatus::from_raw(raw);
}

TEST(WaitStatus, TellsAnExitOf143FromADeathByTerm) {
  const WaitStatus exited = after([] { ::_exit(143); });
  EXPECT_FALSE(exited.signaled());
  EXPECT_EQ(exited.exit_code(), 143);
  const WaitStatus killed = after([] { ::raise(SIGTERM); });
  EXPECT_TRUE(killed.signaled());
  EXPECT_EQ(killed.signal, SIGTERM);
  EXPECT_EQ(killed.exit_code(), 143);
}

TEST(WaitStatus, CallsOnlyExitZeroSuccess) {
  EXPECT_TRUE(after([] { ::_exit(0); }).success());
  EXPECT_FALSE(after([] { ::_exit(1); }).success());
  EXPECT_FALSE(after([] { ::raise(SIGKILL); }).success());
}

}  // namespace
}  // namespace indexrun
