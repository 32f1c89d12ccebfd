// SPDX-License-Identifier: Apache-2.0
// What the test suites of other inits ask of signals, and what breaks those inits: masks, values,
// targets, rewriting, stops. The names behind the tests are those of the comparison with them.
#include "support/blackbox.h"
#include "support/processes.h"

#include <csignal>
#include <random>
#include <set>

#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class InitSignals : public Blackbox {
 protected:
  [[nodiscard]] Command init(const std::vector<std::string>& options,
                             const std::vector<std::string>& program) const {
    return indexrun("--supervise always --no-index").args(options).command(program);
  }

  [[nodiscard]] Started recorder(const std::vector<std::string>& options) const {
    Started started = init(options, {probe(), "record-signals"}).start();
    EXPECT_TRUE(started.wait_for_output("ready\n"));
    return started;
  }

  /// Sends each and waits until what has been recorded is what was expected so far.
  static void expect_recorded(Started& started, const std::vector<int>& sent,
                              const std::vector<std::string>& expected) {
    std::string said = "ready\n";
    for (std::size_t i = 0; i < sent.size(); ++i) {
      started.send(sent[i]);
      if (!expected[i].empty()) {
        said += expected[i] + "\n";
        ASSERT_TRUE(started.wait_for_output(said)) << started.output();
      }
    }
    EXPECT_EQ(started.output(), said);
  }
};

void block(const std::set<int>& signals) {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : signals) {
    sigaddset(&set, signal);
  }
  sigprocmask(SIG_BLOCK, &set, nullptr);
}

/// Any signal but those of glibc and those that nobody can block.
std::set<int> some_signals(std::mt19937& random) {
  std::set<int> signals;
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    const bool possible = signal != SIGKILL && signal != SIGSTOP && signal != 32 && signal != 33;
    if (possible && random() % 2 == 0) {
      signals.insert(signal);
    }
  }
  return signals;
}

TEST_F(InitSignals, N3_WholeMaskAndDispositionsAreThoseInherited) {
  std::mt19937 random(3);
  const std::vector<std::string> status{probe(), "print-status", "SigBlk", "SigIgn", "SigCgt"};
  for (int round = 0; round < 40; ++round) {
    const std::set<int> blocked = some_signals(random);
    const std::set<int> ignored = some_signals(random);
    const auto prepare = [&](Command& run) {
      run.in_child([&] {
        for (int signal : ignored) {
          std::signal(signal, SIG_IGN);
        }
        block(blocked);
      });
    };
    // A sanitizer takes those for itself.
    Command under =
        init({}, status).env("ASAN_OPTIONS", "handle_segv=0:handle_sigbus=0:handle_sigfpe=0");
    Command without = Command(status).in(dir_.path());
    prepare(under);
    prepare(without);
    EXPECT_EQ(under.run().out, without.run().out);
  }
}

TEST_F(InitSignals, N2_AllInheritedBlocked) {
  Command run = init({}, {"sh", "-c", "exit 38"}).in_child([] {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, nullptr);
  });
  EXPECT_THAT(run.run(), Exits(38));
}

TEST_F(InitSignals, N6_RealTimeSignalsArriveInOrderWithTheirValues) {
  Started started = recorder({});
  const int number = SIGRTMIN + 6;
  std::string said = "ready\n";
  for (int value = 1; value <= 50; ++value) {
    sigval payload{};
    payload.sival_int = value;
    sigqueue(started.pid(), number, payload);
    said += std::to_string(number) + "=" + std::to_string(value) + "\n";
  }
  ASSERT_TRUE(started.wait_for_output(said)) << started.output();
  EXPECT_EQ(started.output(), said);
}

TEST_F(InitSignals, N14_WhatMeansNothingEndsNothing) {
  Started started = recorder({});
  started.send(SIGCHLD);
  expect_recorded(started, {SIGURG, SIGWINCH, SIGCONT, SIGUSR2}, {"URG", "WINCH", "CONT", "USR2"});
}

TEST_F(InitSignals, N7_TermEndsAProgramThatSomebodyHasStopped) {
  Started started = init({}, {probe(), "hold"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  const pid_t program = program_of(started.pid());
  kill(program, SIGSTOP);
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'T'; }));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(143));
}

TEST_F(InitSignals, D19_TstpStopsTheProgramAndContContinuesIt) {
  Started started = init({}, {probe(), "hold"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  const pid_t program = program_of(started.pid());
  started.send(SIGTSTP);
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'T'; }));
  ASSERT_TRUE(eventually([&] { return state_of(started.pid()) == 'T'; }));
  started.send(SIGCONT);
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'S'; }));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish(), Exits(143));
}

TEST_F(InitSignals, D20_JobControlSignalsAreForwarded) {
  Started started = recorder({});
  expect_recorded(started, {SIGTSTP, SIGTTIN, SIGTTOU}, {"TSTP", "TTIN", "TTOU"});
}

TEST_F(InitSignals, A6_OneThatWaitedBeforeTheStartCancelsIt) {
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
    Command run = init({}, {"touch", "ran"}).in_child([signal] {
      block({signal});
      raise(signal);
    });
    EXPECT_THAT(run.run(), Exits(128 + signal));
    EXPECT_FALSE(dir_.has("ran"));
  }
}

TEST_F(InitSignals, K1_AnotherThatWaitedIsForwarded) {
  Command run = init({}, {probe(), "record-signals", "1", "9"}).in_child([] {
    block({SIGUSR1});
    raise(SIGUSR1);
  });
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(9));
  EXPECT_EQ(ran.out, "ready\nUSR1\n");
}

TEST_F(InitSignals, D16_RewrittenByNameOrNumberAndNeverTwice) {
  struct Row {
    std::vector<std::string> options;
    std::vector<int> sent;
    std::vector<std::string> expected;
  };
  for (const Row& row :
       {Row{{"--map-signal", "TERM=TERM"}, {SIGTERM}, {"TERM"}},
        Row{{"--map-signal", "TERM=INT"}, {SIGTERM, SIGINT, SIGQUIT}, {"INT", "INT", "QUIT"}},
        Row{{"--map-signal", "SIGTERM=SIGINT,INT=TERM"}, {SIGTERM, SIGINT}, {"INT", "TERM"}},
        Row{{"--map-signal", "1=31", "--map-signal", "SIGUSR2=64"},
            {SIGHUP, SIGUSR2},
            {"SYS", "64"}},
        Row{{"--map-signal", "HUP=INT,INT=QUIT,QUIT=USR1"},
            {SIGHUP, SIGINT, SIGQUIT},
            {"INT", "QUIT", "USR1"}},
        Row{{"--map-signal", "TTIN=TERM,TTOU=INT,TSTP=HUP"},
            {SIGTTIN, SIGTTOU, SIGTSTP},
            {"TERM", "INT", "HUP"}}}) {
    Started started = recorder(row.options);
    expect_recorded(started, row.sent, row.expected);
  }
}

TEST_F(InitSignals, D18_DroppedByName) {
  Started started = recorder({"--map-signal", "INT=drop", "--map-signal", "WINCH=drop,TERM=QUIT"});
  expect_recorded(started, {SIGINT, SIGWINCH, SIGTERM, SIGHUP}, {"", "", "QUIT", "HUP"});
}

TEST_F(InitSignals, D7_ABadRewritingIsAnError) {
  for (const char* map : {"", "herp", "herp=derp", "TERM", "15", "15==12", "TERM=", "=TERM",
                          "15=derp", "0=1", "1=0", "1=65", "TERM=drop=INT", "KILL=TERM",
                          "STOP=drop", "TERM=INT,", "TERM=INT,TERM=QUIT", "CHLD=TERM", "31=1"}) {
    expect_refusal(init({"--map-signal", map}, kEcho),
                   {.exit = 196, .stage = "options", .object = "--map-signal"});
  }
}

const char* const kFamily =
    "(trap 'echo child USR1' USR1; echo begin child; while :; do sleep 0.02; done) & "
    "trap 'echo parent USR1' USR1; echo pid $!.; while :; do sleep 0.02; done";

TEST_F(InitSignals, D12_TheProgramAloneByDefault) {
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{}, {"--signal-to", "program"}}) {
    Started started = init(options, {"sh", "-c", kFamily}).start();
    ASSERT_TRUE(started.wait_for_output("begin child"));
    ASSERT_TRUE(started.wait_for_output(".\n"));
    const std::string& said = started.output();
    const pid_t child = std::stoi(said.substr(said.find("pid ") + 4));
    started.send(SIGUSR1);
    ASSERT_TRUE(started.wait_for_output("parent USR1"));
    // What the child had got before, it would tell before this.
    kill(child, SIGUSR1);
    ASSERT_TRUE(started.wait_for_output("child USR1"));
    EXPECT_EQ(said.find("child USR1"), said.rfind("child USR1"));
    // Both would go on for ever.
    started.send(SIGTERM);
    EXPECT_THAT(started.finish(), Exits(143));
  }
}

TEST_F(InitSignals, T17_TheGroupOnRequest) {
  const char* script = "sleep 600 & trap '' USR1; echo ready; wait $!; echo $?; exit 7";
  Started started = init({"--signal-to", "group"}, {"sh", "-c", script}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  started.send(SIGUSR1);
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(7));
  EXPECT_EQ(ran.out, "ready\n138\n");
}

TEST_F(InitSignals, TheGroupGetsARealTimeSignalToo) {
  const int number = SIGRTMIN + 4;
  const std::string ignored = std::to_string(number);
  const std::string script =
      "sleep 600 & trap '' " + ignored + "; echo ready; wait $!; echo $?; exit 7";
  Started started = init({"--signal-to", "group"}, {"/bin/bash", "-c", script}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  sigqueue(started.pid(), number, {});
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(7));
  EXPECT_EQ(ran.out, "ready\n" + std::to_string(128 + number) + "\n");
}

TEST_F(InitSignals, TheProgramFirstThenItsGroup) {
  // The child would tell of a TERM at once; it gets one when the program has ended.
  const char* script =
      "(trap 'echo child; exit' TERM; echo begin child; while :; do sleep 0.02; done) & "
      "trap 'sleep 0.3; echo parent; exit 9' TERM; echo begin parent; while :; do sleep 0.02; done";
  Started started = init({"--signal-to", "program-then-group"}, {"sh", "-c", script}).start();
  ASSERT_TRUE(started.wait_for_output("begin child"));
  ASSERT_TRUE(started.wait_for_output("begin parent"));
  started.send(SIGTERM);
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(9));
  EXPECT_LT(ran.out.find("parent\nchild"), ran.out.size()) << ran;
}

TEST_F(InitSignals, ABadTargetIsAnError) {
  for (const char* target : {"", "groups", "all", "program,group"}) {
    expect_refusal(init({"--signal-to", target}, kEcho),
                   {.exit = 196, .stage = "options", .object = "--signal-to"});
  }
}

TEST_F(InitSignals, T20_TheDeathOfOurParentIsASignal) {
  const std::string script =
      "trap 'echo ok; exit 0' USR1; kill -KILL $PARENT; while :; do sleep 0.02; done";
  Command parent({"/bin/sh", "-c", "export PARENT=$$; \"$0\" \"$@\" & wait", binary()});
  parent.line("--supervise always --no-index --parent-death-signal USR1")
      .command({"/bin/sh", "-c", script})
      .in(dir_.path());
  Started started = parent.start();
  EXPECT_TRUE(started.wait_for_output("ok"));
}

TEST_F(InitSignals, Nested) {
  Command outer = indexrun("--supervise always --no-index --");
  outer.args({binary()}).line("--supervise always --no-index --");
  Started started = outer.args({probe(), "record-signals", "2", "6"}).start();
  ASSERT_TRUE(started.wait_for_output("ready\n"));
  expect_recorded(started, {SIGTERM}, {"TERM"});
  started.send(SIGHUP);
  Ran ran = started.finish();
  EXPECT_THAT(ran, Exits(6));
  EXPECT_EQ(ran.out, "ready\nTERM\nHUP\n");
}

}  // namespace
}  // namespace indexrun::test
