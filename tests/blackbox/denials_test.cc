// SPDX-License-Identifier: Apache-2.0
// --report-denials: what is told about calls that a filter denies, and that they fail as without
// it.
#include "support/blackbox.h"

#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Denies fchmodat with ECONNREFUSED, one getpriority of many with EADDRINUSE.
constexpr const char* kProfile = R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
  {"names":["fchmodat"],"action":"SCMP_ACT_ERRNO","errnoRet":111},
  {"names":["getpriority"],"action":"SCMP_ACT_ERRNO","errnoRet":98,
   "args":[{"index":0,"value":1193046,"op":"SCMP_CMP_EQ"}]}]})";

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// As root and as a user without any right.
class Denials : public Blackbox, public testing::WithParamInterface<unsigned> {
 protected:
  void SetUp() override {
    if (GetParam() != ::getuid()) {
      INDEXRUN_SKIP_UNLESS(is_root(), "needs root to become another user");
    }
    dir_.write("p.json", kProfile);
  }
  [[nodiscard]] Command worker(const std::string& words) const {
    Command command = indexrun("--index 0 --item a").line(words);
    if (GetParam() != ::getuid()) {
      command.as_user(GetParam());
    }
    return command;
  }
};

TEST_P(Denials, ADeniedCallIsNamedAndFailsAsWithoutIt) {
  const std::vector<std::string> verbs{probe(), "try-calls", "fchmodat", "chown",   "getppid",
                                       "then",  "call",      "140",      "0x123456"};
  const Ran silent = worker("--seccomp p.json --supervise always").command(verbs).run();
  const Ran told = worker("--seccomp p.json --report-denials").command(verbs).run();
  EXPECT_EQ(silent.out, "fchmodat ECONNREFUSED\nchown EINVAL\ngetppid OK\n140 EADDRINUSE\n");
  EXPECT_EQ(silent.err, "");
  EXPECT_EQ(told.out, silent.out);
  EXPECT_EQ(told.exit, silent.exit);
  const std::string all = "0xffffffffffffffff";
  std::string six = all;
  for (int i = 1; i < 6; ++i) {
    six += ", " + all;
  }
  EXPECT_THAT(told.err, HasSubstr("indexrun: launch: denied: fchmodat(" + six +
                                  ") = ECONNREFUSED, process "));
  EXPECT_THAT(told.err, HasSubstr(" 'probe'\n"));
  EXPECT_THAT(told.err, HasSubstr("denied: getpriority(0x123456, 0x0, 0x0, 0x0, 0x0, 0x0) = "
                                  "EADDRINUSE"));
  EXPECT_THAT(told.err, Not(HasSubstr("chown")));
  EXPECT_THAT(told.err, HasSubstr("indexrun: launch: system calls denied: 2 (fchmodat ECONNREFUSED "
                                  "1, getpriority EADDRINUSE 1)\n"));
}

TEST_P(Denials, OfManyAlikeTheFirstIsToldAndAllAreCounted) {
  const Ran ran = worker("--seccomp-deny fchmodat --report-denials")
                      .command({probe(), "try-calls", "fchmodat", "fchmodat", "fchmodat"})
                      .run();
  EXPECT_EQ(ran.out, "fchmodat EPERM\nfchmodat EPERM\nfchmodat EPERM\n");
  EXPECT_EQ(count(ran.err, "denied: fchmodat("), 1U) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("system calls denied: 3 (fchmodat EPERM 3)\n"));
}

TEST_P(Denials, NothingIsToldOfAProgramThatIsDeniedNothing) {
  const Ran ran =
      worker("--seccomp p.json --report-denials").command({probe(), "try-calls", "getppid"}).run();
  EXPECT_THAT(ran, Prints("getppid OK\n"));
}

TEST_P(Denials, ChildrenAreListenedToAsWell) {
  const Ran ran = worker("--seccomp p.json --report-denials")
                      .command({"sh", "-c", R"("$0" try-calls fchmodat; exit 3)", probe()})
                      .run();
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.out, "fchmodat ECONNREFUSED\n");
  EXPECT_THAT(ran.err, HasSubstr(" 'probe'\n"));
}

TEST_P(Denials, SeveralFiltersAreAnsweredForTogether) {
  const std::string words = "--seccomp-deny fchmodat,mount --seccomp p.json ";
  const std::vector<std::string> verbs{probe(), "try-calls", "fchmodat", "mount", "chown"};
  const Ran silent = worker(words + "--supervise always").command(verbs).run();
  const Ran told = worker(words + "--report-denials").command(verbs).run();
  EXPECT_EQ(silent.out, "fchmodat ECONNREFUSED\nmount EPERM\nchown EINVAL\n");
  EXPECT_EQ(told.out, silent.out);
  EXPECT_THAT(told.err, HasSubstr("2 (fchmodat ECONNREFUSED 1, mount EPERM 1)"));
}

TEST_P(Denials, TheBuiltInProfileToo) {
  const Ran ran = worker("--seccomp default --report-denials")
                      .command({probe(), "try-calls", "mount", "getppid"})
                      .run();
  EXPECT_EQ(ran.out, "mount EPERM\ngetppid OK\n");
  EXPECT_THAT(ran.err, HasSubstr("denied: mount("));
}

TEST_P(Denials, WhatIsOnlyLoggedIsToldAndGoesOn) {
  dir_.write("audit.json", R"({"defaultAction":"SCMP_ACT_LOG","syscalls":[
    {"names":["mount"],"action":"SCMP_ACT_ERRNO","errnoRet":111}]})");
  const Ran ran = worker("--seccomp audit.json --report-denials")
                      .command({probe(), "try-calls", "chown", "mount", "getppid"})
                      .run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "chown EINVAL\nmount ECONNREFUSED\ngetppid OK\n");
  EXPECT_THAT(ran.err, HasSubstr("launch: logged: fchownat(0xffffffffffffffff, "));
  EXPECT_THAT(ran.err, HasSubstr("launch: logged: getppid("));
  EXPECT_THAT(ran.err, HasSubstr("system calls denied: 1 (mount ECONNREFUSED 1)\n"));
  EXPECT_THAT(ran.err, HasSubstr("system calls logged: "));
  EXPECT_THAT(ran.err, Not(HasSubstr("logged: write(")));
  dir_.write("not-a-program", "nonsense", 0755);
  EXPECT_THAT(worker("--seccomp audit.json --report-denials").command({"./not-a-program"}).run(),
              Exits(126))
      << "our own last calls wait for nobody";
}

TEST_P(Denials, AProgramThatOutlivesTheListenerIsStillDenied) {
  const std::string fifo = dir_.make_fifo("go");
  Started started =
      worker("--seccomp p.json --report-denials")
          .command(
              {"sh", "-c", R"(echo begun; read line < go; "$0" try-calls fchmodat chown)", probe()})
          .start();
  ASSERT_TRUE(started.wait_for_output("begun\n"));
  started.send(SIGKILL);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(started.pid()), &info, WEXITED | WNOWAIT), 0);
  const int go = ::open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_GE(go, 0);
  ASSERT_EQ(::write(go, "\n", 1), 1);
  ::close(go);
  EXPECT_TRUE(started.wait_for_output("fchmodat ENOSYS\nchown EINVAL\n")) << started.output();
  EXPECT_THAT(started.finish(), DiesBy(SIGKILL));
}

TEST_P(Denials, OurOwnStreamsAreOurOwnAgain) {
  // The program's are redirected in a table of descriptors that is ours until it has started.
  dir_.write("copy", "", 0666);
  const Ran ran = worker("--seccomp p.json --report-denials --tee-stdout copy")
                      .args({"--stdin", "text\n"})
                      .command({probe(), "cat", "then", "try-calls", "fchmodat"})
                      .closing(STDERR_FILENO)
                      .run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "text\nfchmodat ECONNREFUSED\n");
  EXPECT_EQ(dir_.read("copy"), ran.out);
}

TEST_P(Denials, TheProgramInheritsNothingMore) {
  const std::vector<std::string> verbs{probe(), "print-fds"};
  const Ran without = worker("--supervise always --seccomp p.json").command(verbs).run();
  const Ran with = worker("--report-denials --seccomp p.json").command(verbs).run();
  EXPECT_EQ(with.out, without.out);
  EXPECT_EQ(with.shell_status(), 0) << with;
}

TEST_P(Denials, AProgramThatCannotStartIsToldAsUsual) {
  dir_.write("not-a-program", "\x7f\x45LF nonsense", 0755);
  const Ran without =
      worker("--supervise always --seccomp p.json").command({"./not-a-program"}).run();
  const Ran with = worker("--report-denials --seccomp p.json").command({"./not-a-program"}).run();
  EXPECT_THAT(with, Exits(126));
  EXPECT_EQ(with.err, without.err);
}

TEST_P(Denials, AnotherListenerIsRefusedAndNothingIsRun) {
  const Ran ran = worker("--seccomp-deny mount --report-denials")
                      .command({binary(), "--no-index", "--seccomp", "p.json", "--report-denials",
                                "--", "echo", "ran"})
                      .run();
  EXPECT_THAT(ran, Exits(199));
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("--report-denials"), HasSubstr("Device or resource busy"),
                             HasSubstr("listener of its own")));
}

TEST_P(Denials, EachAttemptHasItsListener) {
  const Ran ran = worker("--seccomp p.json --report-denials --retries 1 --backoff 0s")
                      .command({"sh", "-c", R"("$0" try-calls fchmodat; exit 3)", probe()})
                      .run();
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.out, "fchmodat ECONNREFUSED\nfchmodat ECONNREFUSED\n");
  EXPECT_EQ(count(ran.err, "denied: fchmodat("), 2U) << ran.err;
}

TEST_P(Denials, ADeathBySysIsExplained) {
  dir_.write("kill.json", R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
    {"names":["fchmodat"],"action":"SCMP_ACT_KILL_PROCESS"}]})");
  const Ran ran = worker("--seccomp kill.json --report-denials")
                      .command({probe(), "try-calls", "fchmodat"})
                      .run();
  EXPECT_EQ(ran.shell_status(), 128 + SIGSYS);
  EXPECT_THAT(ran.err, HasSubstr("was killed by SYS (a system call that a filter forbids)"));
}

INSTANTIATE_TEST_SUITE_P(Users, Denials, testing::Values(::getuid(), 1000U),
                         [](const auto& one) { return one.index == 0 ? "ours" : "user1000"; });

using DenialsRefused = Blackbox;

TEST_F(DenialsRefused, WhatCannotGoWithIt) {
  struct Row {
    const char* words;
    const char* says;
  };
  const Row rows[] = {
      {"--report-denials", "no filter is asked for"},
      {"--report-denials --seccomp-deny mount --supervise=never", "needs a supervisor"},
  };
  for (const Row& row : rows) {
    expect_refusal(indexrun("--index 0 --item a").line(row.words).command(kEcho),
                   {.exit = 196, .says = {"--report-denials", row.says}});
  }
  expect_refusal(
      indexrun("--index 0 --items a,b --tasks 1 --each --report-denials --seccomp-deny mount")
          .command(kEcho),
      {.exit = 196, .says = {"--report-denials", "--each"}});
}

TEST(DenialsRecord, TheRecordHasTheirNumber) {
  TempDir dir;
  dir.write("message", "");
  const Ran ran = Command({binary()})
                      .line(
                          "--index 0 --item a --message-file message --message always "
                          "--seccomp-deny fchmodat --report-denials")
                      .in(dir.path())
                      .command({probe(), "try-calls", "fchmodat", "fchmodat"})
                      .run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(dir.read("message"), HasSubstr("\"denials\":2,"));
}

}  // namespace
}  // namespace indexrun::test
