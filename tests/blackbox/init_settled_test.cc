// SPDX-License-Identifier: Apache-2.0
// A supervisor whose program runs: it holds nothing, keeps nobody waiting and never wakes up. The
// names behind the tests are those of the comparison with other inits.
#include "support/blackbox.h"
#include "support/processes.h"

#include <climits>
#include <csignal>
#include <filesystem>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class InitSettled : public Blackbox {
 protected:
  [[nodiscard]] Command init(const std::vector<std::string>& program) const {
    return indexrun("--supervise always --no-index").command(program);
  }

  static std::string link(pid_t pid, const std::string& name) {
    char target[PATH_MAX];
    const std::string path = "/proc/" + std::to_string(pid) + "/" + name;
    const ssize_t size = readlink(path.c_str(), target, sizeof target);
    return size < 0 ? "" : std::string(target, static_cast<std::size_t>(size));
  }
};

TEST_F(InitSettled, N11_NothingInheritedIsOpenAndTheFolderIsLeft) {
  Started started = init({probe(), "hold"})
                        .in_child([] {
                          for (int fd : {3, 7, 200}) {
                            dup2(STDIN_FILENO, fd);
                          }
                        })
                        .start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  const pid_t pid = started.pid();
  ASSERT_TRUE(eventually([&] { return link(pid, "cwd") == "/"; }));
  EXPECT_EQ(link(pid, "fd/0"), "/dev/null");
  EXPECT_EQ(link(pid, "fd/1"), "/dev/null");
  // What was given to it is /dev/null too.
  const std::filesystem::path fds = "/proc/" + std::to_string(pid) + "/fd";
  for (const auto& entry : std::filesystem::directory_iterator(fds)) {
    const std::string number = entry.path().filename();
    EXPECT_TRUE(std::stoi(number) < 2 || link(pid, "fd/" + number) != "/dev/null") << number;
  }
}

TEST_F(InitSettled, C3_AnInheritedDescriptorIsTheProgramsAlone) {
  int pair[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
  Started started = init({"sh", "-c", "echo hello >&7; exec 7>&-; echo closed; exec sleep 600"})
                        .in_child([fd = pair[1]] { dup2(fd, 7); })
                        .start();
  close(pair[1]);
  ASSERT_TRUE(started.wait_for_output("closed"));
  char buffer[16];
  EXPECT_EQ(read(pair[0], buffer, sizeof buffer), 6);
  pollfd end{pair[0], POLLIN, 0};
  ASSERT_EQ(poll(&end, 1, 20'000), 1) << "somebody holds it open";
  EXPECT_EQ(read(pair[0], buffer, sizeof buffer), 0);
  close(pair[0]);
}

TEST_F(InitSettled, C4_ListenPidThatNamesUsBecomesThePrograms) {
  Command shell(
      {"/bin/sh", "-c", "export LISTEN_PID=$$ LISTEN_FDS=1; exec \"$0\" \"$@\"", binary()});
  shell.line("--supervise always --no-index").command({"sh", "-c", "test $LISTEN_PID = $$"});
  EXPECT_THAT(shell.run(), Exits(0));
}

TEST_F(InitSettled, C4_ListenPidThatNamesAnotherStays) {
  Command run = init({"sh", "-c", "test $LISTEN_PID = 4711"}).env("LISTEN_PID", "4711");
  EXPECT_THAT(run.run(), Exits(0));
}

TEST_F(InitSettled, C5_TheFolderItWasStartedInCanBeUnmounted) {
  INDEXRUN_SKIP_UNLESS(is_root(), "root needed, to mount");
  dir_.make_folder("mount");
  const std::string folder = dir_ / "mount";
  // umount fails as long as anybody is in there.
  const std::string script =
      "cd /; until umount " + folder + " 2>/dev/null; do sleep 0.02; done; echo free";
  Command run = init({"sh", "-c", script}).in_child([folder] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", folder.c_str(), "tmpfs", 0, nullptr) != 0 || chdir(folder.c_str()) != 0) {
      _exit(98);
    }
  });
  EXPECT_THAT(run.run(), testing::AllOf(Exits(0), Prints("free\n")));
}

TEST_F(InitSettled, N10_ItNeverWakesUp) {
  Started started = init({probe(), "hold"}).start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  const pid_t pid = started.pid();
  ASSERT_TRUE(eventually([&] { return state_of(pid) == 'S' && link(pid, "cwd") == "/"; }));
  const std::string before = status_of(pid, "voluntary_ctxt_switches");
  // The passing of time is what is tested: an init that ticks does so once a second.
  poll(nullptr, 0, 2'500);
  EXPECT_EQ(status_of(pid, "voluntary_ctxt_switches"), before);
}

TEST_F(InitSettled, T15_EachReapedOrphanIsToldOnRequest) {
  Command run = indexrun("--supervise always --no-index -v -v");
  Ran ran = run.command({"sh", "-c", "(sleep 0.01 & echo $! >orphan); sleep 0.2"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.err, testing::HasSubstr("reaped process " +
                                          std::to_string(std::stoi(dir_.read("orphan")))));
}

}  // namespace
}  // namespace indexrun::test
