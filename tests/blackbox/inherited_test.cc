// SPDX-License-Identifier: Apache-2.0
// What the program inherits: descriptors, signal mask, dispositions, umask, exactly as given.
#include "support/blackbox.h"

#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class Inherited : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::vector<std::string>& command) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).command(command);
  }

  /// What a program says of itself under indexrun and without it.
  void expect_same(const std::vector<std::string>& command,
                   const std::function<void(Command&)>& prepare) const {
    Command under = worker(command);
    Command without = Command(command).in(dir_.path());
    prepare(under);
    prepare(without);
    Ran expected = without.run();
    Ran found = under.run();
    EXPECT_EQ(found.out, expected.out) << found;
    EXPECT_EQ(found.shell_status(), expected.shell_status()) << found;
  }
};

const std::vector<std::string> kSignals{"/bin/grep", "-E", "^Sig(Blk|Ign|Cgt)",
                                        "/proc/self/status"};

TEST_P(Inherited, NoSignalStateIsLeftBehind) {
  expect_same(kSignals, [](Command&) {});
}

TEST_P(Inherited, IgnoredSignalsStayIgnored) {
  for (int signal : {SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGCHLD, SIGUSR1, SIGTTOU, SIGRTMIN + 3}) {
    expect_same(kSignals, [signal](Command& run) { run.ignoring(signal); });
  }
}

TEST_P(Inherited, BlockedSignalsStayBlocked) {
  for (int signal : {SIGHUP, SIGTERM, SIGCHLD, SIGUSR2, SIGTSTP, SIGRTMAX}) {
    expect_same(kSignals, [signal](Command& run) { run.blocking(signal); });
  }
}

TEST_P(Inherited, AnIgnoredSigchldDoesNotHang) {
  EXPECT_THAT(worker({"sh", "-c", "exit 3"}).ignoring(SIGCHLD).run(), Exits(3));
  EXPECT_THAT(worker({"sh", "-c", "exit 3"}).blocking(SIGCHLD).run(), Exits(3));
}

TEST_P(Inherited, OnlyTheStandardDescriptorsAreOpen) {
  Ran ran = worker({probe(), "print-fds"}).run();
  Ran expected = Command({probe(), "print-fds"}).in(dir_.path()).run();
  EXPECT_EQ(ran.out, expected.out) << ran;
}

TEST_P(Inherited, ADescriptorMeantForTheProgramArrives) {
  std::string path = dir_.write("given", "for the program");
  Command run = worker({"sh", "-c", "cat <&7"}).in_child([path] {
    int fd = open(path.c_str(), O_RDONLY);
    dup2(fd, 7);
    close(fd);
  });
  EXPECT_THAT(run.run(), Prints("for the program"));
}

TEST_P(Inherited, TheUmaskStays) {
  EXPECT_THAT(worker({"sh", "-c", "umask"}).in_child([] { umask(0123); }).run(), Prints("0123\n"));
}

TEST_P(Inherited, AClosedStandardInputDoesNotBecomeAFileOfOurs) {
  dir_.write("items.txt", "a\nb\n");
  Command run = indexrun("-f items.txt --index 1 -w data --supervise").args({GetParam()});
  Ran ran = run.command({"sh", "-c", "cat; cat data"}).closing(0).run();
  EXPECT_EQ(ran.out, "b\n") << ran;
}

TEST_P(Inherited, AClosedStandardErrorDoesNotBecomeAFileOfOurs) {
  Command run = indexrun("--index 0 --item a -w data --supervise").args({GetParam()});
  Ran ran = run.command({"sh", "-c", "echo wrong >&2; cat data"}).closing(2).run();
  EXPECT_EQ(ran.out, "a\n") << ran;
}

TEST_P(Inherited, AMessageNeverLandsInAFileThatTookTheNumberOfAClosedStream) {
  dir_.write("items.txt", "a\n");
  Command run = indexrun("-f items.txt --index 7 -w data --supervise").args({GetParam()});
  Ran ran = run.command(kEcho).closing(0).closing(1).closing(2).run();
  EXPECT_THAT(ran, Exits(197));
  EXPECT_EQ(dir_.read("items.txt"), "a\n");
  EXPECT_FALSE(dir_.has("data"));
}

TEST_P(Inherited, AllStreamsClosedStillRuns) {
  Command run = worker({"touch", "ran"}).closing(0).closing(1).closing(2);
  EXPECT_THAT(run.run(), Exits(0));
  EXPECT_TRUE(dir_.has("ran"));
}

INSTANTIATE_TEST_SUITE_P(Modes, Inherited, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace indexrun::test
