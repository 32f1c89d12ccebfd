// SPDX-License-Identifier: Apache-2.0
#include "launch/supervise.h"

#include "base/file.h"
#include "base/signals.h"
#include "confine/prepare.h"
#include "launching.h"
#include "process.h"

#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Process;

Spec limits(std::optional<Milliseconds> timeout, std::optional<Milliseconds> grace = std::nullopt) {
  Spec spec;
  spec.timeout = timeout;
  spec.grace = grace;
  return spec;
}

Process start(std::vector<std::string> arguments, Spec spec = {}) {
  return Process::start([arguments, spec] { return supervised(probe_with(arguments), spec); });
}

testing::Ended run(std::vector<std::string> arguments, Spec spec = {}) {
  return start(std::move(arguments), spec).wait();
}

pid_t only_child(pid_t pid) {
  const std::string name = std::to_string(pid);
  const FileContent list = read_file("/proc/" + name + "/task/" + name + "/children");
  return list.bytes.empty() ? -1 : std::stoi(list.bytes);
}

TEST(Supervise, RelaysEveryStatus) {
  for (const int status : {0, 1, 2, 125, 126, 127, 143, 254, 255}) {
    const auto ended = run({"exit", std::to_string(status)});
    EXPECT_EQ(ended.status.code, status);
    EXPECT_EQ(ended.err, "outcome timed_out=0 stopped=0\n");
  }
}

TEST(Supervise, ReportsDeathBySignalAs128AndTheSignal) {
  for (const int signal : {SIGTERM, SIGKILL, SIGHUP, SIGSEGV, SIGPWR, 40}) {
    EXPECT_EQ(run({"die", std::to_string(signal)}).status.code, 128 + signal);
  }
}

TEST(Supervise, TellsAProgramThatDidNotStartFromOneThatSaysSo) {
  const auto missing = testing::run([] {
    auto inputs = probe_with({});
    inputs.argv = {"/no/such/program"};
    return supervised(inputs);
  });
  EXPECT_EQ(missing.status.code, status_of(Failure::kNotfound));
  EXPECT_THAT(missing.err, Not(HasSubstr("outcome")));
}

TEST(Supervise, SeesTheStatusAlthoughSigchldCameInIgnored) {
  const auto ended = testing::run([] {
    take_default_dispositions();
    ::signal(SIGCHLD, SIG_IGN);
    return supervised(probe_with({"print-status", "SigIgn", "then", "exit", "7"}));
  });
  EXPECT_EQ(ended.status.code, 7);
  EXPECT_EQ(ended.out, "SigIgn:\t0000000000010000\n");
}

TEST(Supervise, RestoresAMaskThatBlockedEverything) {
  const auto ended = testing::run([] {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    return supervised(probe_with({"print-status", "SigBlk"}));
  });
  EXPECT_EQ(ended.out, "SigBlk:\tfffffffe7ffbfeff\n");
}

TEST(Supervise, ForwardsEverySignalOnceAndInOrder) {
  std::string expected;
  std::vector<int> signals;
  for (int signal = 1; signal <= SIGSYS; ++signal) {
    const bool fault = signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE ||
                       signal == SIGILL || signal == SIGTRAP || signal == SIGSYS ||
                       signal == SIGABRT;
    if (!fault && signal != SIGKILL && signal != SIGSTOP && signal != SIGCHLD) {
      signals.push_back(signal);
    }
  }
  Process process = start({"record-signals", std::to_string(signals.size()), "9"});
  ASSERT_EQ(process.line(), "ready");
  for (const int signal : signals) {
    process.send(signal);
    EXPECT_EQ(process.line(), signal_name(signal)) << signal;
  }
  const auto ended = process.wait();
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.status.code, 9);
  EXPECT_EQ(ended.err, "outcome timed_out=0 stopped=1\n");
}

TEST(Supervise, ForwardsRealTimeSignalsWithTheirValues) {
  Process process = start({"record-signals", "50"});
  ASSERT_EQ(process.line(), "ready");
  for (int value = 0; value < 50; ++value) {
    ASSERT_EQ(::sigqueue(process.pid(), 40, sigval{.sival_int = value}), 0);
  }
  for (int value = 0; value < 50; ++value) {
    EXPECT_EQ(process.line(), "40=" + std::to_string(value));
  }
  EXPECT_TRUE(process.wait().status.success());
}

TEST(Supervise, KeepsASigchldFromOutsideToItself) {
  Process process = start({"record-signals", "1"});
  ASSERT_EQ(process.line(), "ready");
  process.send(SIGCHLD);
  process.send(SIGUSR1);
  EXPECT_EQ(process.line(), "USR1");
  EXPECT_TRUE(process.wait().status.success());
}

TEST(Supervise, DoesNotStartAfterAStopSignal) {
  const auto ended = testing::run([] {
    const InheritedSignals signals = take_signals();
    ::raise(SIGTERM);
    const auto inputs = probe_with({"print-argv", "ran"});
    const Spec spec;
    const auto outcome = supervise({spec, inputs, {}, signals});
    return !outcome && outcome.error().failure == Failure::kStopped ? outcome.error().signal : 1;
  });
  EXPECT_EQ(ended.status.code, SIGTERM);
  EXPECT_EQ(ended.out, "");
}

TEST(Supervise, ForwardsASignalThatCameBeforeTheStart) {
  const auto ended = testing::run([] {
    sigset_t user;
    sigemptyset(&user);
    sigaddset(&user, SIGUSR1);
    ::sigprocmask(SIG_BLOCK, &user, nullptr);
    ::raise(SIGUSR1);
    // Blocked in the program too, as it was for us, until it waits for it.
    return supervised(probe_with({"record-signals", "1"}));
  });
  EXPECT_EQ(ended.out, "ready\nUSR1\n");
}

TEST(Supervise, LosesNoEarlySignal) {
  // Unblocked and default in the program: whenever it comes, it must end it.
  for (int i = 0; i < 200; ++i) {
    Process process = Process::start([] {
      sigset_t term;
      sigemptyset(&term);
      sigaddset(&term, SIGTERM);
      ::sigprocmask(SIG_BLOCK, &term, nullptr);
      InheritedSignals signals = take_signals();
      sigdelset(&signals.mask, SIGTERM);
      dprintf(STDOUT_FILENO, "blocked\n");
      const auto inputs = probe_with({"hold"});
      const Spec spec;
      const auto outcome = supervise({spec, inputs, {}, signals});
      return outcome ? outcome->status.exit_code() : 128 + outcome.error().signal;
    });
    ASSERT_EQ(process.line(), "blocked");
    // The moment within the start is what this test varies.
    const timespec pause{0, i * 10'000};
    ::nanosleep(&pause, nullptr);
    process.send(SIGTERM);
    ASSERT_EQ(process.wait().status.code, 143) << "start " << i;
  }
}

TEST(Supervise, EndsTheProgramAtTheTimeLimit) {
  const auto ended = run({"hold"}, limits(Milliseconds(30)));
  EXPECT_EQ(ended.status.code, 143);
  EXPECT_EQ(ended.err, "outcome timed_out=1 stopped=0\n");
}

TEST(Supervise, TheTimeLimitCountsEvenIfTheProgramThenSucceeds) {
  const auto ended = run({"record-signals", "1", "0"}, limits(Milliseconds(50)));
  EXPECT_EQ(ended.status.code, 0);
  EXPECT_EQ(ended.err, "outcome timed_out=1 stopped=0\n");
}

TEST(Supervise, KillsAfterTheGracePeriod) {
  const auto ended = run({"hold", "TERM"}, limits(Milliseconds(100), Milliseconds(30)));
  EXPECT_EQ(ended.status.code, 137);
  EXPECT_EQ(ended.err, "outcome timed_out=1 stopped=0\n");
}

TEST(Supervise, AForwardedTermBeginsTheGracePeriod) {
  Process process = start({"hold", "TERM"}, limits(std::nullopt, Milliseconds(30)));
  ASSERT_EQ(process.line(), "ready");
  process.send(SIGTERM);
  const auto ended = process.wait();
  EXPECT_EQ(ended.status.code, 137);
  EXPECT_EQ(ended.err, "outcome timed_out=0 stopped=1\n");
}

TEST(Supervise, OtherSignalsBeginNoGracePeriod) {
  Process process = start({"record-signals", "2"}, limits(std::nullopt, Milliseconds(1)));
  ASSERT_EQ(process.line(), "ready");
  process.send(SIGHUP);
  EXPECT_EQ(process.line(), "HUP");
  // That nothing happens has no event: thirty times the grace period goes by.
  const timespec pause{0, 30'000'000};
  ::nanosleep(&pause, nullptr);
  process.send(SIGINT);
  EXPECT_EQ(process.line(), "INT");
  EXPECT_TRUE(process.wait().status.success());
}

TEST(Supervise, DoesNotWaitOutTheGracePeriod) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(run({"hold"}, limits(Milliseconds(10), Milliseconds(10'000))).status.code, 143);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(Supervise, AStoppedProgramKeepsUsWaiting) {
  Process process = start({"stop-self", "STOP", "then", "exit", "3"});
  ASSERT_EQ(process.line(), "stopping");
  const pid_t program = only_child(process.pid());
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'T'; }));
  EXPECT_TRUE(eventually([&] { return state_of(process.pid()) == 'S'; }));
  ASSERT_EQ(::kill(program, SIGCONT), 0);
  EXPECT_EQ(process.wait().status.code, 3);
}

TEST(Supervise, ContinuesAStoppedProgramSoThatItCanObey) {
  Process process = start({"stop-self"});
  ASSERT_EQ(process.line(), "stopping");
  const pid_t program = only_child(process.pid());
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'T'; }));
  process.send(SIGTERM);
  EXPECT_EQ(process.wait().status.code, 143);
}

TEST(Supervise, StopsAndContinuesTogetherWithTheProgram) {
  Process process = start({"hold"});
  ASSERT_EQ(process.line(), "ready");
  const pid_t program = only_child(process.pid());
  process.send(SIGTSTP);
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'T'; }));
  ASSERT_TRUE(eventually([&] { return state_of(process.pid()) == 'T'; }));
  process.send(SIGCONT);
  ASSERT_TRUE(eventually([&] { return state_of(program) == 'S'; }));
  process.send(SIGTERM);
  EXPECT_EQ(process.wait().status.code, 143);
}

TEST(Supervise, GivesTheProgramAGroupOfItsOwn) {
  Process process = start({"print-ids"});
  const std::string line = process.line();
  const pid_t pid = std::stoi(line.substr(4));
  EXPECT_THAT(line, HasSubstr(" group=" + std::to_string(pid) + " "));
  EXPECT_THAT(line, HasSubstr(" parent=" + std::to_string(process.pid()) + " "));
  EXPECT_TRUE(process.wait().status.success());
}

TEST(Supervise, ReapsOrphans) {
  Process process = start({"fork-orphans", "200", "then", "hold"});
  ASSERT_EQ(process.line(), "ready");
  const pid_t program = only_child(process.pid());
  const std::string name = std::to_string(process.pid());
  const std::string list = "/proc/" + name + "/task/" + name + "/children";
  EXPECT_TRUE(eventually([&] { return read_file(list).bytes == std::to_string(program) + " "; }))
      << read_file(list).bytes;
  process.send(SIGTERM);
  EXPECT_EQ(process.wait().status.code, 143);
}

TEST(Supervise, EndsWhatTheProgramLeftBehind) {
  for (const char* kind : {"obedient", "session", "stopped"}) {
    Process process = start({"leave-behind", kind, "then", "exit", "5"});
    const pid_t left = std::stoi(process.line());
    EXPECT_EQ(process.wait().status.code, 5) << kind;
    EXPECT_EQ(state_of(left), '\0') << kind;
  }
}

TEST(Supervise, HoldsNothingOfTheProgramsWorld) {
  Process process = Process::start([] {
    ::open("/dev/null", O_RDONLY);
    ::open("/dev/null", O_RDONLY);
    static_cast<void>(::chdir("/usr"));
    return supervised(probe_with({"print-directory", "then", "hold"}));
  });
  EXPECT_EQ(process.line(), "/usr");
  ASSERT_EQ(process.line(), "ready");
  const std::string self = "/proc/" + std::to_string(process.pid());
  char target[256] = {};
  EXPECT_TRUE(eventually([&] {
    return ::readlink((self + "/cwd").c_str(), target, sizeof target) == 1 && target[0] == '/';
  }));
  for (const char* stream : {"/fd/0", "/fd/1"}) {
    const ssize_t size = ::readlink((self + stream).c_str(), target, sizeof target);
    EXPECT_EQ(std::string(target, static_cast<std::size_t>(size)), "/dev/null");
  }
  EXPECT_NE(::access((self + "/fd/2").c_str(), F_OK), -1);
  int others = 0;
  for (int fd = 3; fd < 64; ++fd) {
    const ssize_t size =
        ::readlink((self + "/fd/" + std::to_string(fd)).c_str(), target, sizeof target);
    const std::string name(target, size > 0 ? static_cast<std::size_t>(size) : 0);
    const bool ours = name == "anon_inode:[signalfd]" || name.starts_with("/sys/fs/cgroup/");
    others += size > 0 && !ours ? 1 : 0;
  }
  EXPECT_EQ(others, 0);
  process.send(SIGTERM);
  EXPECT_EQ(process.wait().status.code, 143);
}

TEST(Supervise, TheProgramKeepsInheritedDescriptorsAndGetsNoneOfOurs) {
  const auto ended = testing::run([] {
    ::close_range(3, ~0U, 0);
    ::open("/dev/null", O_RDONLY);
    auto inputs = probe_with({"print-fds"});
    inputs.stdin_text = "x";
    inputs.directory = "/";
    return supervised(inputs);
  });
  EXPECT_EQ(ended.out, "0 1 2 3\n");
}

TEST(Supervise, DoesNotWakeUpWhileNothingHappens) {
  Process process = start({"hold"});
  ASSERT_EQ(process.line(), "ready");
  ASSERT_TRUE(eventually([&] { return state_of(process.pid()) == 'S'; }));
  const auto switches = [&] {
    const std::string status =
        read_file("/proc/" + std::to_string(process.pid()) + "/status").bytes;
    return status.substr(status.find("voluntary_ctxt_switches"));
  };
  // That nothing happens has no event: a second without a wake-up is looked at.
  const timespec moment{0, 100'000'000};
  ::nanosleep(&moment, nullptr);
  const std::string before = switches();
  const timespec second{1, 100'000'000};
  ::nanosleep(&second, nullptr);
  EXPECT_EQ(switches(), before);
  process.send(SIGTERM);
  EXPECT_EQ(process.wait().status.code, 143);
}

TEST(Supervise, ReportsAFailedConfinement) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  const auto ended = testing::run([] {
    if (::setgid(1000) != 0 || ::setuid(1000) != 0) {
      return 2;
    }
    confine::Prepared prepared;
    prepared.identity = confine::Identity{.uid = 1001, .gid = 1000, .groups = {}};
    return supervised(probe_with({"print-argv", "ran"}), {}, prepared);
  });
  EXPECT_EQ(ended.status.code, status_of(Failure::kConfine)) << ended.err;
  EXPECT_EQ(ended.out, "");
}

TEST(Supervise, AppliesTheConfinementToTheProgramAlone) {
  const auto ended = testing::run([] {
    const auto prepared = confine::prepare({.seccomp_deny = {"getppid"}});
    if (!prepared) {
      return 2;
    }
    const int status = supervised(probe_with({"try-calls", "getppid"}), {}, *prepared);
    return status == 0 && ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 ? 0 : 3;
  });
  EXPECT_EQ(ended.status.code, 0);
  EXPECT_EQ(ended.out, "getppid EPERM\n");
}

TEST(Supervise, SaysWhyNoProcessCouldBeStarted) {
  const auto ended = testing::run([] {
    if (::geteuid() == 0 && (::setgid(4243) != 0 || ::setuid(4243) != 0)) {
      return 2;
    }
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_NPROC, &none);
    return supervised(probe_with({"exit"}));
  });
  EXPECT_EQ(ended.status.code, status_of(Failure::kInternal)) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("RLIMIT_NPROC"));
}

TEST(Supervise, MeasuresTheProgram) {
  const auto ended = testing::run([] {
    const InheritedSignals signals = take_signals();
    const auto inputs = probe_with({"hold"});
    const Spec spec = limits(Milliseconds(60));
    const auto outcome = supervise({spec, inputs, {}, signals});
    return outcome && outcome->duration >= Milliseconds(60) && outcome->peak_memory_kb > 0 &&
                   outcome->attempts == 1
               ? 0
               : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
}

}  // namespace
}  // namespace indexrun::launch
