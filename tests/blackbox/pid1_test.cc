// SPDX-License-Identifier: Apache-2.0
// As the first process of a container (a PID namespace), where the kernel drops what is not
// handled and nobody else reaps.
#include "support/blackbox.h"

#include <csignal>
#include <fstream>

namespace indexrun::test {
namespace {

class FirstProcess : public Blackbox {
 protected:
  void SetUp() override {
    Ran ran = Command(unshare()).args({"true"}).run();
    INDEXRUN_SKIP_UNLESS(ran.exit == 0, "PID namespaces needed");
  }

  [[nodiscard]] static std::vector<std::string> unshare() {
    std::vector<std::string> words{"/usr/bin/unshare", "--kill-child", "-pf", "--mount-proc"};
    if (!is_root()) {
      words.insert(words.begin() + 1, "-Ur");
    }
    return words;
  }

  /// indexrun as PID 1.
  [[nodiscard]] Command first(const std::string& words, const std::string& script) const {
    return Command(unshare())
        .args({binary()})
        .line("--index 0 --item a " + words)
        .command({"sh", "-c", script})
        .in(dir_.path());
  }

  /// The pid, out here, of PID 1 in there.
  [[nodiscard]] static pid_t inner(const Started& started) {
    std::string pid = std::to_string(started.pid());
    pid_t child = 0;
    std::ifstream("/proc/" + pid + "/task/" + pid + "/children") >> child;
    return child;
  }
};

TEST_F(FirstProcess, StaysAsSupervisorByItself) {
  EXPECT_THAT(first("", "echo $PPID; test $$ != 1").run(), Prints("1\n"));
}

TEST_F(FirstProcess, BecomesTheProgramOnRequest) {
  EXPECT_THAT(first("--supervise never", "echo $$").run(), Prints("1\n"));
}

TEST_F(FirstProcess, RelaysTheStatus) {
  EXPECT_THAT(first("", "exit 37").run(), Exits(37));
  EXPECT_THAT(first("", "kill -KILL $$").run(), Exits(137));
  EXPECT_THAT(first("", "kill -SEGV $$").run(), Exits(139));
}

TEST_F(FirstProcess, TermReachesAProgramThatHasNoHandler) {
  Started started = first("", "echo ready; exec sleep 600").start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  kill(inner(started), SIGTERM);
  EXPECT_THAT(started.finish(), Exits(143));
}

TEST_F(FirstProcess, ReapsOrphans) {
  EXPECT_THAT(first("",
                    "sh -c 'true & echo $! >orphan'; "
                    "while [ -d /proc/$(cat orphan) ]; do :; done; echo gone")
                  .run(),
              Prints("gone\n"));
}

TEST_F(FirstProcess, EndsAlthoughSomethingIsLeft) {
  EXPECT_THAT(first("", "sleep 600 & exit 6").run(), Exits(6));
}

TEST_F(FirstProcess, RefusesWithItsOwnStatus) {
  EXPECT_THAT(Command(unshare()).args({binary()}).line("--index 3 --item a true").run(),
              Refuses({.exit = 197, .stage = "items"}));
}

TEST_F(FirstProcess, WritesTheRecordIntoTheMessageFile) {
  dir_.write("message", "");
  EXPECT_THAT(first("--message-file message", "exit 3").run(), Exits(3));
  EXPECT_THAT(dir_.read("message"), testing::HasSubstr("\"exit\":3"));
}

}  // namespace
}  // namespace indexrun::test
