// SPDX-License-Identifier: Apache-2.0
// How the program ended is how the worker ends, in both modes.
#include "support/blackbox.h"

#include <csignal>

namespace indexrun::test {
namespace {

class ExitStatus : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& mode,
                               const std::vector<std::string>& command) const {
    return indexrun("--index 0 --item a --supervise").args({mode}).command(command);
  }
};

TEST_F(ExitStatus, All256StatusesPassThrough) {
  for (const char* mode : {"never", "always"}) {
    for (int status = 0; status < 256; ++status) {
      Ran ran = worker(mode, {probe(), "exit", std::to_string(status)}).run();
      ASSERT_THAT(ran, Exits(status));
      ASSERT_EQ(ran.err, "");
    }
  }
}

TEST_F(ExitStatus, DeathByEverySignal) {
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    if (signal == 32 || signal == 33) {
      continue;  // glibc keeps them for itself
    }
    bool harmless = signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH ||
                    signal == SIGCONT || signal == SIGSTOP || signal == SIGTSTP ||
                    signal == SIGTTIN || signal == SIGTTOU;
    if (harmless) {
      continue;
    }
    const std::vector<std::string> die{probe(), "die", std::to_string(signal)};
    EXPECT_THAT(worker("never", die).run(), DiesBy(signal));
    Ran supervised = worker("always", die).run();
    EXPECT_EQ(supervised.shell_status(), 128 + signal) << supervised;
    EXPECT_THAT(supervised, Exits(128 + signal));
  }
}

TEST_F(ExitStatus, MapExitChangesTheProgramsOwn) {
  const std::string map = "--map-exit 3=0 --map-exit 0=9 --map-exit sig:KILL=42 --index 0 --item a";
  EXPECT_THAT(indexrun(map).command({probe(), "exit", "3"}).run(), Exits(0));
  EXPECT_THAT(indexrun(map).command({probe(), "exit", "0"}).run(), Exits(9));
  EXPECT_THAT(indexrun(map).command({probe(), "exit", "137"}).run(), Exits(137));
  EXPECT_THAT(indexrun(map).command({probe(), "die", "9"}).run(), Exits(42));
  EXPECT_THAT(indexrun(map).command({probe(), "exit", "4"}).run(), Exits(4));
}

TEST_F(ExitStatus, ADeathByTermIsNoSuccessUnlessAsked) {
  for (const char* map : {"sig:TERM=0", "sig:SIGTERM=0", "sig:15=0", "143=0"}) {
    Command run = indexrun("--index 0 --item a --map-exit").args({map});
    expect_refusal(Command(run).command(kEcho),
                   {.exit = 196, .object = "--map-exit", .hint = "--allow-term-success"});
  }
  Command allowed = indexrun("--index 0 --item a --allow-term-success --map-exit sig:TERM=0");
  EXPECT_THAT(allowed.command({probe(), "die", "15"}).run(), Exits(0));
}

TEST_F(ExitStatus, ABadMappingIsAnError) {
  for (const char* map :
       {"3", "=3", "3=", "256=1", "1=256", "-1=2", "sig:NOPE=1", "x=1", "1=2=3"}) {
    expect_refusal(indexrun("--index 0 --item a --map-exit").args({map}).command(kEcho),
                   {.exit = 196, .object = "--map-exit"});
  }
}

TEST_F(ExitStatus, ExitCodeChangesOurOwnFailures) {
  struct Row {
    const char* words;
    const char* command;
    int exit;
  };
  for (const Row& row : {Row{"--exit-code config=10 --index x --item a", "true", 10},
                         Row{"--exit-code item=11 --index 5 --item a", "true", 11},
                         Row{"--exit-code input=12 --index 0 --item a -w /dev/null", "true", 12},
                         Row{"--exit-code notfound=13 --index 0 --item a", "./none", 13},
                         Row{"--exit-code item=14 --index x --item a", "true", 196}}) {
    EXPECT_THAT(indexrun(row.words).command({row.command}).run(), Exits(row.exit));
  }
}

TEST_F(ExitStatus, ABadExitCodeIsAnError) {
  for (const char* code : {"config", "config=0", "config=256", "confg=1", "=1", "config=x"}) {
    expect_refusal(indexrun("--index 0 --item a --exit-code").args({code}).command(kEcho),
                   {.exit = 196, .object = "--exit-code"});
  }
}

}  // namespace
}  // namespace indexrun::test
