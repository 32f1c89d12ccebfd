// SPDX-License-Identifier: Apache-2.0
#include "launch/exec.h"

#include "confine/prepare.h"
#include "launching.h"
#include "process.h"

#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;

TEST(Exec, BecomesTheProgram) {
  auto process = testing::Process::start([] {
    return executed(probe_with({"print-ids", "then", "print-argv", "a b", "", "*"}));
  });
  EXPECT_EQ(process.line().find("pid=" + std::to_string(process.pid()) + " "), 0U);
  const auto ended = process.wait();
  EXPECT_EQ(ended.out, "[a b]\n[]\n[*]\n");
  EXPECT_TRUE(ended.status.success());
}

TEST(Exec, PassesTheStatusOnAsItIs) {
  for (const int status : {0, 1, 2, 126, 127, 199, 255}) {
    const auto ended = testing::run([status] {
      return executed(probe_with({"exit", std::to_string(status)}));
    });
    EXPECT_EQ(ended.status.code, status);
  }
  const auto killed = testing::run([] { return executed(probe_with({"die", "TERM"})); });
  EXPECT_EQ(killed.status.signal, SIGTERM);
}

TEST(Exec, GivesTheWholeEnvironmentAndNoOther) {
  const auto ended = testing::run([] {
    auto inputs = probe_with({"print-env"});
    inputs.environment = Environment();
    inputs.environment.set("A", "1");
    inputs.environment.set("B", "x=y");
    return executed(inputs);
  });
  EXPECT_EQ(ended.out, "A=1\nB=x=y\n");
}

TEST(Exec, GivesStandardInputOfAnySize) {
  const std::string text(3'000'000, 'x');
  const auto ended = testing::run([&] {
    auto inputs = probe_with({"cat"});
    inputs.stdin_text = text;
    return executed(inputs);
  });
  EXPECT_TRUE(ended.out == text) << ended.out.size();
  const auto empty = testing::run([] {
    auto inputs = probe_with({"cat"});
    inputs.stdin_text = "";
    return executed(inputs);
  });
  EXPECT_TRUE(empty.status.success());
  EXPECT_EQ(empty.out, "");
}

TEST(Exec, StartsInTheGivenDirectory) {
  const auto ended = testing::run([] {
    auto inputs = probe_with({"print-directory"});
    inputs.directory = "/usr";
    return executed(inputs);
  });
  EXPECT_EQ(ended.out, "/usr\n");
}

TEST(Exec, EntersADirectoryThatOnlyTheProgramsUserMayEnter) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  std::string pattern = "/tmp/launch.XXXXXX";
  const std::string directory = ::mkdtemp(pattern.data());
  ASSERT_EQ(::chown(directory.c_str(), 1000, 1000), 0);
  const auto ended = testing::run([&] {
    auto inputs = probe_with({"print-directory"});
    inputs.directory = directory;
    inputs.argv[0] = "/proc/self/exe";
    const auto prepared = confine::prepare({.user = "1000"});
    const int program = ::open(testing::probe_path().c_str(), O_PATH);
    inputs.argv[0] = "/proc/self/fd/" + std::to_string(program);
    return prepared ? executed(inputs, *prepared) : 2;
  });
  EXPECT_EQ(ended.out, directory + "\n") << ended.err;
  ASSERT_EQ(::rmdir(directory.c_str()), 0);
}

TEST(Exec, RestoresMaskAndDispositions) {
  const auto shown = [](auto prepare) {
    return testing::run([&] {
             take_default_dispositions();
             prepare();
             return executed(probe_with({"print-status", "SigBlk", "SigIgn"}));
           })
        .out;
  };
  const std::string zero(16, '0');
  EXPECT_EQ(shown([] {}), "SigBlk:\t" + zero + "\nSigIgn:\t" + zero + "\n");
  EXPECT_EQ(shown([] {
              sigset_t mask;
              sigemptyset(&mask);
              sigaddset(&mask, SIGTERM);
              sigaddset(&mask, 40);
              ::sigprocmask(SIG_SETMASK, &mask, nullptr);
              ::signal(SIGCHLD, SIG_IGN);
              ::signal(SIGHUP, SIG_IGN);
            }),
            "SigBlk:\t0000008000004000\nSigIgn:\t0000000000010001\n");
}

TEST(Exec, LeavesNoDescriptorOfOurs) {
  const auto ended = testing::run([] {
    ::close_range(3, ~0U, 0);
    ::open("/dev/null", O_RDONLY);  // inherited, and so passed on
    auto inputs = probe_with({"print-fds"});
    inputs.stdin_text = "x";
    inputs.directory = "/";
    return executed(inputs);
  });
  EXPECT_EQ(ended.out, "0 1 2 3\n");
}

TEST(Exec, DoesNotStartAfterAStopSignal) {
  const auto ended = testing::run([] {
    const InheritedSignals signals = take_signals();
    ::raise(SIGTERM);
    const Spec spec;
    const auto inputs = probe_with({"print-argv", "ran"});
    const Error error = exec({spec, inputs, {}, signals});
    return error.failure == Failure::kStopped && error.signal == SIGTERM ? 0 : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
  EXPECT_EQ(ended.out, "");
}

TEST(Exec, ReportsWhatCannotBeStarted) {
  const auto ended = testing::run([] {
    auto inputs = probe_with({});
    inputs.argv = {"no-such-program"};
    return executed(inputs);
  });
  EXPECT_EQ(ended.status.code, status_of(Failure::kNotfound));
  const auto directory = testing::run([] {
    auto inputs = probe_with({"exit"});
    inputs.directory = "/no/such/directory";
    return executed(inputs);
  });
  EXPECT_EQ(directory.status.code, status_of(Failure::kInput));
  EXPECT_THAT(directory.err, HasSubstr("/no/such/directory"));
}

TEST(Exec, ReportsTooLargeArguments) {
  const auto ended = testing::run([] {
    return executed(probe_with({"print-argv", std::string(200'000, 'x')}));
  });
  EXPECT_EQ(ended.status.code, status_of(Failure::kItem));
  EXPECT_THAT(ended.err, HasSubstr("--write"));
}

TEST(Exec, AppliesTheConfinement) {
  const auto ended = testing::run([] {
    const auto prepared = confine::prepare({.seccomp_deny = {"getppid"}});
    return prepared ? executed(probe_with({"try-calls", "getppid", "socket"}), *prepared) : 2;
  });
  EXPECT_EQ(ended.out, "getppid EPERM\nsocket EINVAL\n");
}

TEST(Exec, RunsNothingUnconfined) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  const auto ended = testing::run([] {
    if (::setgid(1000) != 0 || ::setuid(1000) != 0) {
      return 2;
    }
    confine::Prepared prepared;
    prepared.identity = confine::Identity{.uid = 0, .gid = 0, .groups = {}};
    return executed(probe_with({"print-argv", "ran"}), prepared);
  });
  EXPECT_EQ(ended.status.code, status_of(Failure::kConfine));
  EXPECT_EQ(ended.out, "");
}

}  // namespace
}  // namespace indexrun::launch
