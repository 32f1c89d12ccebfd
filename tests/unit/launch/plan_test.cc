// SPDX-License-Identifier: Apache-2.0
// What many launches share, and where a program's streams lead. Each case in a process of its own.
#include "launch/plan.h"

#include "base/file.h"
#include "launch/spawn.h"
#include "process.h"

#include <cstdio>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

struct Launcher {
  Spec spec;
  confine::Prepared prepared;
  InheritedSignals signals;
  inputs::Inputs inputs;
  Found found;

  Request request(Streams streams = {}) {
    return Request{spec, inputs, prepared, signals, {}, streams, &found};
  }
};

TEST(Plan, FindsAProgramOnceForManyLaunches) {
  Launcher launcher;
  launcher.inputs.argv = {"sh"};
  launcher.inputs.environment.set("PATH", "/bin");
  ASSERT_TRUE(Plan::make(launcher.request()));
  EXPECT_EQ(launcher.found.path, "/bin/sh");
  launcher.found.path = "/known";
  EXPECT_STREQ(Plan::make(launcher.request())->child().path, "/known");
}

TEST(Plan, LooksAgainForAnotherCommandPathOrDirectory) {
  Launcher launcher;
  launcher.inputs.argv = {"sh"};
  launcher.inputs.environment.set("PATH", "/bin");
  ASSERT_TRUE(Plan::make(launcher.request()));
  launcher.inputs.argv = {"cat"};
  EXPECT_STREQ(Plan::make(launcher.request())->child().path, "/bin/cat");
  launcher.inputs.environment.set("PATH", "/usr/bin");
  EXPECT_STREQ(Plan::make(launcher.request())->child().path, "/usr/bin/cat");
  launcher.found.path = "/known";
  launcher.inputs.directory = "/";
  EXPECT_STREQ(Plan::make(launcher.request())->child().path, "/usr/bin/cat");
}

TEST(Plan, DoesNotKeepWhatWasNotFound) {
  Launcher launcher;
  launcher.inputs.argv = {"sh"};
  launcher.inputs.environment.set("PATH", "/bin");
  ASSERT_TRUE(Plan::make(launcher.request()));
  launcher.inputs.argv = {"/none"};
  EXPECT_FALSE(Plan::make(launcher.request()));
  EXPECT_FALSE(Plan::make(launcher.request()));
}

TEST(Plan, LeadsTheStreamsWhereTheyAreWanted) {
  const auto ended = testing::run([] {
    Launcher launcher;
    launcher.signals = take_signals();
    launcher.inputs.argv = {"/bin/sh", "-c", "cat; echo err >&2"};
    int in[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::write(in[1], "hello\n", 6) != 6) {
      return 1;
    }
    ::close(in[1]);
    // The two outputs changed over.
    const int out = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    const int err = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    const auto plan = Plan::make(launcher.request({.input = in[0], .output = err, .error = out}));
    const auto child = spawn(*plan, -1);
    return child && ::waitpid(child->pid, nullptr, 0) == child->pid ? 0 : 1;
  });
  EXPECT_TRUE(ended.status.success());
  EXPECT_EQ(ended.out, "err\n");
  EXPECT_EQ(ended.err, "hello\n");
}

}  // namespace
}  // namespace indexrun::launch
