// SPDX-License-Identifier: Apache-2.0
// With a real pseudo-terminal: what a shell's user does with the keyboard.
#include "launch/terminal.h"

#include "base/fd.h"
#include "launching.h"
#include "process.h"

#include <csignal>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A session leader on a new terminal, as a shell is: starts `job` in a group of its own, in the
/// foreground or not, and runs `act(job's pid)`.
struct Shell {
  UniqueFd keyboard;  // the master side
  std::string name;

  Shell() : keyboard(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    EXPECT_EQ(::grantpt(keyboard.get()), 0);
    EXPECT_EQ(::unlockpt(keyboard.get()), 0);
    name = ::ptsname(keyboard.get());
  }

  template <typename Act>
  testing::Process start(bool foreground, std::vector<std::string> arguments, Act act) {
    return testing::Process::start([this, foreground, arguments, act] {
      ::setsid();
      const int terminal = ::open(name.c_str(), O_RDWR);
      ::dup2(terminal, STDIN_FILENO);
      ::close(terminal);
      ::signal(SIGTTOU, SIG_IGN);
      int go[2];
      static_cast<void>(::pipe(go));
      const pid_t job = ::fork();
      if (job == 0) {
        char byte = 0;
        static_cast<void>(::read(go[0], &byte, 1));
        ::close(go[0]);
        ::close(go[1]);
        ::signal(SIGTTOU, SIG_DFL);
        ::_exit(supervised(probe_with(arguments)));
      }
      ::setpgid(job, job);
      if (foreground) {
        ::tcsetpgrp(STDIN_FILENO, job);
      }
      static_cast<void>(::write(go[1], "x", 1));
      return act(job);
    });
  }

  void type(const char* keys) const {
    EXPECT_GT(::write(keyboard.get(), keys, std::char_traits<char>::length(keys)), 0);
  }
};

int wait_exit(pid_t job) {
  int raw = 0;
  ::waitpid(job, &raw, 0);
  return WaitStatus::from_raw(raw).exit_code();
}

TEST(JobControl, GivesTheForegroundToTheProgramAndTakesItBack) {
  Shell shell;
  auto process = shell.start(true, {"print-ids"}, [](pid_t job) {
    const int status = wait_exit(job);
    return status == 0 && ::tcgetpgrp(STDIN_FILENO) == job ? 0 : 1;
  });
  const std::string line = process.line();
  const std::string pid = line.substr(4, line.find(' ') - 4);
  EXPECT_THAT(line, HasSubstr("foreground=" + pid));
  EXPECT_EQ(process.wait().status.code, 0);
}

TEST(JobControl, ABackgroundJobDoesNotTakeTheTerminal) {
  Shell shell;
  auto process = shell.start(false, {"print-ids"}, [](pid_t job) {
    const int status = wait_exit(job);
    return status == 0 && ::tcgetpgrp(STDIN_FILENO) != job ? 0 : 1;
  });
  const std::string line = process.line();
  const std::string pid = line.substr(4, line.find(' ') - 4);
  EXPECT_THAT(line, Not(HasSubstr("foreground=" + pid)));
  EXPECT_EQ(process.wait().status.code, 0);
}

TEST(JobControl, InterruptReachesTheProgramOnce) {
  Shell shell;
  auto process = shell.start(true, {"record-signals", "1"}, wait_exit);
  ASSERT_EQ(process.line(), "ready");
  shell.type("\x03");
  EXPECT_EQ(process.line(), "INT");
  EXPECT_EQ(process.wait().status.code, 0);
}

TEST(JobControl, SuspendsAndResumesAsOneJob) {
  Shell shell;
  auto process = shell.start(true, {"hold"}, [](pid_t job) {
    int raw = 0;
    ::waitpid(job, &raw, WUNTRACED);
    if (!WIFSTOPPED(raw)) {
      return 1;
    }
    dprintf(STDOUT_FILENO, "suspended\n");
    ::tcsetpgrp(STDIN_FILENO, job);  // fg
    ::kill(-job, SIGCONT);
    return wait_exit(job);
  });
  ASSERT_EQ(process.line(), "ready");
  shell.type("\x1a");
  EXPECT_EQ(process.line(), "suspended");
  // Until the program has the foreground again, the key is for the supervisor, who forwards it.
  shell.type("\x03");
  EXPECT_EQ(process.wait().status.code, 130);
}

TEST(JobControl, AProgramThatReadsInTheBackgroundWaitsForTheForeground) {
  Shell shell;
  auto process = shell.start(false, {"cat"}, [](pid_t job) {
    int raw = 0;
    ::waitpid(job, &raw, WUNTRACED);
    if (!WIFSTOPPED(raw) || ::tcgetpgrp(STDIN_FILENO) == job) {
      return 1;
    }
    dprintf(STDOUT_FILENO, "waiting\n");
    ::tcsetpgrp(STDIN_FILENO, job);
    ::kill(-job, SIGCONT);
    return wait_exit(job);
  });
  EXPECT_EQ(process.line(), "waiting");
  shell.type("hello\n\x04");
  EXPECT_EQ(process.line(), "hello");
  EXPECT_EQ(process.wait().status.code, 0);
}

TEST(JobControl, ALeaderOfItsSessionIsNeverStoppedForGood) {
  Shell shell;
  auto process = testing::Process::start([&] {
    ::setsid();
    const int terminal = ::open(shell.name.c_str(), O_RDWR);
    ::dup2(terminal, STDIN_FILENO);
    return supervised(probe_with({"hold"}));
  });
  ASSERT_EQ(process.line(), "ready");
  shell.type("\x1a\x03");
  EXPECT_EQ(process.wait().status.code, 130);
}

TEST(Terminal, IsNothingWithoutATerminal) {
  const auto ended = testing::run([] {
    const Terminal terminal = Terminal::find();
    terminal.give(1);
    terminal.take_back_from(1);
    return terminal.fd() == -1 && !terminal.ours() ? 0 : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
}

}  // namespace
}  // namespace indexrun::launch
