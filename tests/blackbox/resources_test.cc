// SPDX-License-Identifier: Apache-2.0
// Limits, umask, scheduling and the score of the out-of-memory killer, as the program finds them
// and as it dies of them, in both modes.
#include "support/blackbox.h"

#include <csignal>

#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

using testing::HasSubstr;

class Resources : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
  }

  /// The same by somebody without rights.
  [[nodiscard]] Command ordinary(const std::string& words) const {
    Command command = worker(words);
    return is_root() ? command.as_user(65534) : command;
  }

  /// "64 128": a line of /proc/self/limits.
  [[nodiscard]] static std::string limit(Command worker, const std::string& name) {
    const Ran ran = worker.command({probe(), "print-limit", name}).run();
    EXPECT_THAT(ran, Exits(0));
    return ran.out;
  }
};

TEST_P(Resources, LimitsAreThoseGiven) {
  EXPECT_EQ(limit(worker("--limit nofile=64:128"), "nofile"), "64 128\n");
  EXPECT_EQ(limit(worker("--limit nofile=64"), "nofile"), "64 64\n");
  EXPECT_EQ(limit(worker("--limit as=1G:2G"), "as"), "1073741824 2147483648\n");
  EXPECT_EQ(limit(worker("--limit stack=64k --limit cpu=1m"), "stack"), "65536 65536\n");
  EXPECT_EQ(limit(worker("--limit stack=64k --limit cpu=1m"), "cpu"), "60 65\n");
  EXPECT_EQ(limit(worker("--limit rttime=1.5s"), "rttime"), "1500000 1500000\n");
}

TEST_P(Resources, MaxIsTheHardLimitThatIsThere) {
  const auto lower = [] {
    const rlimit limit{10, 50};
    setrlimit(RLIMIT_NOFILE, &limit);
  };
  EXPECT_EQ(limit(worker("").in_child(lower), "nofile"), "10 50\n");
  EXPECT_EQ(limit(worker("--limit nofile=max").in_child(lower), "nofile"), "50 50\n");
  EXPECT_EQ(limit(worker("--limit nofile=20:max").in_child(lower), "nofile"), "20 50\n");
}

TEST_P(Resources, AHardLimitThatMayNotBeRaisedIsToldWithBothNumbers) {
  Command run = ordinary("--limit nofile=70 -w data").command(kEcho).in_child([] {
    const rlimit limit{10, 50};
    setrlimit(RLIMIT_NOFILE, &limit);
  });
  expect_refusal(run, {.exit = 199,
                       .stage = "confine",
                       .object = "--limit",
                       .says = {"nofile", "50", "70", "CAP_SYS_RESOURCE"}});
}

TEST_P(Resources, WrongLimitsAreErrorsForEveryWorker) {
  for (const char* text : {"nofile", "nofile=x", "nofile=2:1", "nofile=1k", "as=1X", "cpu=0"}) {
    expect_refusal(worker("--limit").args({text}).command(kEcho),
                   {.exit = 196, .stage = "confine", .object = "--limit"});
  }
  expect_refusal(worker("--limit nofiel=1").command(kEcho),
                 {.exit = 196, .stage = "confine", .hint = "nofile"});
  expect_refusal(worker("--limit nofile=1 --limit nofile=2").command(kEcho),
                 {.exit = 196, .stage = "confine", .says = {"twice"}});
}

TEST_P(Resources, AStrongerLevelMayOnlyTighten) {
  Command tight = worker("--limit nofile=50").env("INDEXRUN_OPTIONS", "--limit nofile=60");
  EXPECT_EQ(limit(tight, "nofile"), "50 50\n");
  Command loose = worker("--limit nofile=70").env("INDEXRUN_OPTIONS", "--limit nofile=60");
  expect_refusal(loose.command(kEcho), {.exit = 196, .stage = "confine", .hint = "loosens"});
}

TEST_P(Resources, AFileBeyondItsLimitIsADeathByXfsz) {
  const std::vector<std::string> write{"dd", "if=/dev/zero", "bs=1k", "count=100", "status=none"};
  dir_.write("out", "");
  dir_.write("out2", "");
  Command control = worker("").command(write).stdout_to(dir_ / "out");
  EXPECT_THAT(control.run(), Exits(0));
  Command run = worker("--limit fsize=64k").command(write).stdout_to(dir_ / "out2");
  EXPECT_EQ(run.run().shell_status(), 128 + SIGXFSZ);
  EXPECT_EQ(dir_.read("out2").size(), 65536U);
}

TEST_P(Resources, TooMuchProcessorTimeIsADeathByXcpu) {
  Command run = worker("--limit cpu=1").command({"sh", "-c", "while :; do :; done"});
  EXPECT_EQ(run.run().shell_status(), 128 + SIGXCPU);
}

TEST_P(Resources, ADeathByOurLimitIsTold) {
  if (std::string(GetParam()) != "always") {
    return;  // nobody is there to tell
  }
  dir_.write("message", "");
  Command run = worker("--limit cpu=1 --message-file message");
  Ran ran = run.command({"sh", "-c", "while :; do :; done"}).run();
  EXPECT_EQ(ran.exit, 128 + SIGXCPU);
  EXPECT_THAT(ran.err, HasSubstr("--limit cpu"));
  EXPECT_THAT(dir_.read("message"), HasSubstr("XCPU, the limit on processor time (--limit cpu)"));
  dir_.write("out", "");
  dir_.write("message", "");
  Command write = worker("--limit fsize=1k --message-file message");
  EXPECT_THAT(write.command({"dd", "if=/dev/zero", "bs=512", "count=9", "status=none"})
                  .stdout_to(dir_ / "out")
                  .run(),
              Exits(128 + SIGXFSZ));
  EXPECT_THAT(dir_.read("message"), HasSubstr("--limit fsize"));
  // A signal of that name from elsewhere is not explained by a limit that is not there.
  dir_.write("message", "");
  Command other = worker("--limit nofile=64 --message-file message");
  EXPECT_THAT(other.command({"sh", "-c", "kill -XCPU $$"}).run(), Exits(128 + SIGXCPU));
  EXPECT_THAT(dir_.read("message"), HasSubstr(R"("reason":"the program was killed by XCPU")"));
}

#ifndef INDEXRUN_SANITIZED  // which needs memory for its own words
TEST_P(Resources, WithoutMemoryToSpareItIsStillToldWhatIsWrong) {
  // The memory for the message must be there although the limit is ours already.
  Command run = worker("--limit as=1M --limit data=0").command({"/nonexistent/program"});
  EXPECT_THAT(run.run(), Refuses({.exit = 127, .stage = "launch"}));
  dir_.write("text", "no program", 0755);
  Command text = worker("--limit as=1M --limit data=0").command({dir_ / "text"});
  EXPECT_THAT(text.run(), Refuses({.exit = 126, .stage = "launch", .hint = "#!"}));
}
#endif

TEST_P(Resources, TooManyProcessesAreExplained) {
  INDEXRUN_SKIP_UNLESS(is_root(), "another user needs root");
  const std::string words = "--user 54321 --limit nproc=";
  EXPECT_THAT(worker(words + "10").command(kEcho).run(), Prints("ran\n")) << "positive control";
  // The kernel counts those that the user has already.
  Command first = worker("--user 54321").command({"sh", "-c", "echo ready; exec sleep 600"});
  Started running = first.start();
  ASSERT_TRUE(running.wait_for_output("ready"));
  // A search for leaks needs a process of its own.
  Ran ran = worker(words + "0").env("ASAN_OPTIONS", "detect_leaks=0").command(kEcho).run();
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.exit, 126) << ran;
  EXPECT_THAT(ran.err, HasSubstr("RLIMIT_NPROC"));
}

TEST_P(Resources, NoCoreFileWhereItsLimitIsZero) {
  EXPECT_EQ(limit(worker("--limit core=0"), "core"), "0 0\n");
}

TEST_P(Resources, TheUmaskIsThatGiven) {
  EXPECT_THAT(worker("--umask 027").command({"sh", "-c", "umask; : >made"}).run(),
              Prints("0027\n"));
  EXPECT_EQ(dir_.mode("made"), 0640U);
  EXPECT_THAT(worker("--umask 077 -w data").command({"cat", "data"}).run(), Prints("a\n"));
  EXPECT_EQ(dir_.mode("data"), 0644U) << "ours do not depend on it";
  for (const char* mode : {"8", "01000", "-1", "u=rwx", ""}) {
    expect_refusal(worker("--umask").args({mode}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--umask"});
  }
}

TEST_P(Resources, AStrongerUmaskMayOnlyTighten) {
  Command tight = worker("--umask 077").env("INDEXRUN_OPTIONS", "--umask 027");
  EXPECT_THAT(tight.command({"sh", "-c", "umask"}).run(), Prints("0077\n"));
  Command loose = worker("--umask 022").env("INDEXRUN_OPTIONS", "--umask 027");
  EXPECT_THAT(loose.command(kEcho).run(), Exits(196));
}

TEST_P(Resources, TheNiceValueIsThatGiven) {
  EXPECT_THAT(ordinary("--nice 5").command({"nice"}).run(), Prints("5\n"));
  Command lower = ordinary("--nice -5 -w data").command(kEcho).in_child([] {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_NICE, &none);
  });
  expect_refusal(lower, {.exit = 199, .stage = "confine", .says = {"0", "-5", "CAP_SYS_NICE"}});
  // A value, not a difference.
  Command again =
      ordinary("--nice 7").command({"nice"}).in_child([] { setpriority(PRIO_PROCESS, 0, 3); });
  EXPECT_THAT(again.run(), Prints("7\n"));
  for (const char* value : {"20", "-21", "1.5", "x", ""}) {
    expect_refusal(worker("--nice").args({value}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--nice"});
  }
}

TEST_P(Resources, TheScoreIsSetWhoeverTheProgramIs) {
  const std::vector<std::string> show{"cat", "/proc/self/oom_score_adj"};
  EXPECT_THAT(ordinary("--oom-score-adj 500").command(show).run(), Prints("500\n"));
  if (is_root()) {
    EXPECT_THAT(worker("--oom-score-adj 501 --user 1234").command(show).run(), Prints("501\n"));
  }
  expect_refusal(ordinary("--oom-score-adj -500 -w data").command(kEcho),
                 {.exit = 199, .stage = "confine", .hint = "CAP_SYS_RESOURCE"});
  for (const char* value : {"1001", "-1001", "x"}) {
    expect_refusal(worker("--oom-score-adj").args({value}).command(kEcho),
                   {.exit = 196, .stage = "options"});
  }
}

TEST_P(Resources, TheSupervisorKeepsItsOwn) {
  Command run = ordinary("--oom-score-adj 500 --nice 5 --umask 077")
                    .command({"sh", "-c", "cat /proc/$PPID/oom_score_adj"});
  if (std::string(GetParam()) == "always") {
    EXPECT_EQ(run.run().out, Command({"/bin/cat", "/proc/self/oom_score_adj"}).run().out);
  }
}

TEST_P(Resources, TheProcessorsAreThoseGiven) {
  cpu_set_t mine;
  ASSERT_EQ(sched_getaffinity(0, sizeof mine, &mine), 0);
  std::size_t first = 0;
  while (!CPU_ISSET(first, &mine)) {
    ++first;
  }
  const std::string number = std::to_string(first);
  EXPECT_THAT(
      ordinary("--cpus " + number).command({probe(), "print-status", "Cpus_allowed_list"}).run(),
      Prints("Cpus_allowed_list:\t" + number + "\n"));
  for (const std::string& list : {std::string("8000"), number + ",8000"}) {
    expect_refusal(ordinary("-w data --cpus").args({list}).command(kEcho),
                   {.exit = 199, .stage = "confine", .object = "--cpus"});
  }
  for (const char* list : {"x", "3-1", "8192", ","}) {
    expect_refusal(worker("--cpus").args({list}).command(kEcho),
                   {.exit = 196, .stage = "confine", .object = "--cpus"});
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, Resources, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace indexrun::test
