// SPDX-License-Identifier: Apache-2.0
// At a terminal: the program has it while it runs, and Ctrl-C and Ctrl-Z mean what they mean.
#include "support/blackbox.h"
#include "support/pty.h"

#include <sys/wait.h>

namespace indexrun::test {
namespace {

class Terminal : public Blackbox {
 protected:
  [[nodiscard]] Started at_terminal(const std::string& script) {
    Command command = indexrun("--supervise always --index 0 --item a");
    command.command({"sh", "-c", script});
    pty_.give_to(command);
    return command.start();
  }

  Pty pty_;
};

TEST_F(Terminal, TheProgramIsInTheForeground) {
  Started started = at_terminal("echo pid $$.; read line; echo got $line.; exit 3");
  ASSERT_TRUE(pty_.wait_for("pid ")) << pty_.seen();
  ASSERT_TRUE(pty_.wait_for(".")) << pty_.seen();
  std::string shown = pty_.seen().substr(pty_.seen().find("pid ") + 4);
  EXPECT_EQ(pty_.foreground(), std::stoi(shown));
  pty_.type("hello\n");
  EXPECT_TRUE(pty_.wait_for("got hello.")) << pty_.seen();
  EXPECT_THAT(started.finish(), Exits(3));
}

TEST_F(Terminal, CtrlCEndsTheProgram) {
  Started started = at_terminal("echo ready; exec sleep 600");
  ASSERT_TRUE(pty_.wait_for("ready")) << pty_.seen();
  pty_.type("\x03");
  EXPECT_THAT(started.finish(), Exits(130));
}

TEST_F(Terminal, CtrlCOnceIsOneInterrupt) {
  Started started = at_terminal(
      "n=0; trap 'n=$((n+1)); echo int $n.' INT; echo ready; read a; read a; echo end $n.");
  ASSERT_TRUE(pty_.wait_for("ready")) << pty_.seen();
  pty_.type("\x03");
  ASSERT_TRUE(pty_.wait_for("int 1.")) << pty_.seen();
  pty_.type("x\ny\n");
  ASSERT_TRUE(pty_.wait_for("end 1.")) << pty_.seen();
  EXPECT_THAT(started.finish(), Exits(0));
}

TEST_F(Terminal, CtrlZIsNotTheEnd) {
  Started started = at_terminal("echo ready; read line; echo got $line.");
  ASSERT_TRUE(pty_.wait_for("ready")) << pty_.seen();
  pty_.type("\x1a");
  started.send(SIGCONT);
  pty_.type("hello\n");
  EXPECT_TRUE(pty_.wait_for("got hello.")) << pty_.seen();
  EXPECT_THAT(started.finish(), Exits(0));
}

TEST_F(Terminal, UnderAShellItCanBeStoppedAndTakenBackToTheForeground) {
  Command command({"/bin/bash", "--norc", "-i"});
  pty_.give_to(command.in(dir_.path()).env("PS1", "$ ").env("HISTFILE", "/dev/null"));
  Started shell = command.start();
  pty_.type(binary() + " --supervise always --index 0 --item a " +
            "sh -c 'echo re\"\"ady; read x; echo got $x.; exit 5'\n");
  ASSERT_TRUE(pty_.wait_for("ready")) << pty_.seen();
  pty_.type("\x1a");
  ASSERT_TRUE(pty_.wait_for("Stopped")) << pty_.seen();
  // What is typed before the shell asks for it may be lost.
  ASSERT_TRUE(pty_.wait_for("$ ")) << pty_.seen();
  pty_.type("echo ba\"\"ck; fg\n");
  ASSERT_TRUE(pty_.wait_for("back")) << pty_.seen();
  pty_.type("hello\n");
  ASSERT_TRUE(pty_.wait_for("got hello.")) << pty_.seen();
  pty_.type("echo status $?\n");
  ASSERT_TRUE(pty_.wait_for("status 5")) << pty_.seen();
  pty_.type("exit 0\n");
  EXPECT_THAT(shell.finish(), Exits(0));
}

}  // namespace
}  // namespace indexrun::test
