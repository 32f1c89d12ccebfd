// SPDX-License-Identifier: Apache-2.0
// --wait-for file:PATH and nonempty:PATH: however a path comes about, it is noticed.
#include "support/blackbox.h"
#include "support/waiting.h"

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class WaitFile : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& gate) const {
    return indexrun("--index 0 --item a --wait-for").args({gate, "echo", "ran"});
  }

  [[nodiscard]] Started waiting_for(const std::string& gate) const {
    Started started = worker(gate).start();
    EXPECT_TRUE(waits(started.pid()));
    return started;
  }

  void move(const std::string& from, const std::string& to) const {
    EXPECT_EQ(rename((dir_ / from).c_str(), (dir_ / to).c_str()), 0) << from;
  }

  void remove(const std::string& name) const { std::filesystem::remove_all(dir_ / name); }

  /// The run went on soon, so it was told: nobody looks by himself for 30 s.
  static void expect_told(Started& started) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(started.finish(), Prints("ran\n"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  }
};

TEST_F(WaitFile, ThatIsCreated) {
  Started started = waiting_for("file:ready");
  dir_.write("other", "");
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("ready", "");
  expect_told(started);
}

TEST_F(WaitFile, ThatIsMovedIntoPlace) {
  dir_.write("tmp/x", "done");
  Started started = waiting_for("file:" + (dir_ / "ready"));
  move("tmp/x", "ready");
  expect_told(started);
}

TEST_F(WaitFile, ThatIsAFolderOrALinkOrASocket) {
  Started folder = waiting_for("file:ready");
  dir_.make_folder("ready");
  expect_told(folder);
  Started fifo = waiting_for("file:fifo");
  dir_.make_fifo("fifo");
  expect_told(fifo);
  dir_.write("target", "");
  Started link = waiting_for("file:link");
  dir_.link("target", "link");
  expect_told(link);
}

TEST_F(WaitFile, WhoseLinkDangles) {
  dir_.link("elsewhere/target", "link");
  dir_.make_folder("elsewhere");
  Started started = waiting_for("file:link");
  dir_.write("elsewhere/target", "");
  expect_told(started);
}

TEST_F(WaitFile, BehindAnAbsoluteLinkAndDots) {
  dir_.make_folder("a/b");
  dir_.link(dir_ / "a/b", "link");
  Started started = waiting_for("file:./link/..//b/./ready");
  dir_.write("a/b/ready", "");
  expect_told(started);
}

TEST_F(WaitFile, WhoseFoldersComeLater) {
  Started started = waiting_for("file:a/b/c/ready");
  dir_.make_folder("a");
  ASSERT_TRUE(waits(started.pid()));
  dir_.make_folder("a/b/c");
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("a/b/c/ready", "");
  expect_told(started);
}

TEST_F(WaitFile, WhoseFoldersComeWithIt) {
  dir_.write("tmp/b/ready", "");
  Started started = waiting_for("file:a/b/ready");
  move("tmp", "a");
  expect_told(started);
}

TEST_F(WaitFile, WhoseFolderIsRemovedAndMadeAgain) {
  dir_.make_folder("a/b");
  Started started = waiting_for("file:a/b/ready");
  remove("a/b");
  ASSERT_TRUE(waits(started.pid()));
  dir_.make_folder("a/b");
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("a/b/ready", "");
  expect_told(started);
}

TEST_F(WaitFile, WhoseFolderIsMovedAwayForAnother) {
  dir_.make_folder("a/b/c");
  dir_.write("next/b/c/ready", "");
  Started started = waiting_for("file:a/b/c/ready");
  move("a", "old");
  ASSERT_TRUE(waits(started.pid()));
  move("next", "a");
  expect_told(started);
}

TEST_F(WaitFile, ThatTheKubeletPutsIntoAVolume) {
  const auto publish = [this](const std::string& version) {
    dir_.link("..v" + version, "volume/..data_tmp");
    move("volume/..data_tmp", "volume/..data");
  };
  dir_.write("volume/..v1/other", "");
  publish("1");
  dir_.link("..data/ready", "volume/ready");
  Started started = waiting_for("file:volume/ready");
  for (const char* version : {"2", "3"}) {
    dir_.write(std::string("volume/..v") + version + "/other", "");
    publish(version);
    remove("volume/..v1");
    ASSERT_TRUE(waits(started.pid()));
  }
  dir_.write("volume/..v4/ready", "");
  publish("4");
  expect_told(started);
}

TEST_F(WaitFile, EveryTimeWhileTheFolderIsBusy) {
  for (int round = 0; round < 50; ++round) {
    Started started = worker("file:busy/sub/ready").start();
    dir_.make_folder("busy");
    dir_.write("busy/one", "");
    dir_.make_folder("busy/sub");
    dir_.write("busy/sub/two", "");
    dir_.write("busy/sub/ready", "");
    expect_told(started);
    remove("busy");
  }
}

TEST_F(WaitFile, ThatIsNotEmpty) {
  dir_.write("ready", "");
  Started started = waiting_for("nonempty:ready");
  int fd = open((dir_ / "ready").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_GT(dprintf(fd, "x"), 0);  // still open
  expect_told(started);
  close(fd);
  dir_.make_folder("folder");
  EXPECT_THAT(
      indexrun("--index 0 --item a --wait-for nonempty:folder --wait-timeout 10ms true").run(),
      Refuses({.exit = 198, .stage = "gates", .says = {"no regular file"}}));
}

TEST_F(WaitFile, BothOfTwoInEitherOrder) {
  for (const char* first : {"one", "two"}) {
    Started started = indexrun("--index 0 --item a --wait-for file:one --wait-for file:two")
                          .args({"echo", "ran"})
                          .start();
    ASSERT_TRUE(waits(started.pid()));
    dir_.write(first, "");
    ASSERT_TRUE(waits(started.pid()));
    EXPECT_EQ(started.output(), "");
    remove(first);  // it was there: that counts
    dir_.write(first == std::string("one") ? "two" : "one", "");
    expect_told(started);
    remove("one");
    remove("two");
  }
}

TEST_F(WaitFile, ThatCanNeverBeEndsTheWait) {
  dir_.write("file", "");
  dir_.link("loop", "loop");
  for (const auto& [path, error] : {std::pair<std::string, int>{"file/below", ENOTDIR},
                                    {"loop", ELOOP},
                                    {std::string(300, 'x'), ENAMETOOLONG}}) {
    expect_refusal(worker("file:" + path),
                   {.exit = 198, .stage = "gates", .says = {strerror(error)}});
  }
  expect_refusal(worker("file:/" + std::string(5000, 'x')), {.exit = 196, .stage = "gates"});
}

TEST_F(WaitFile, BehindAFolderThatMayNotBeSearchedEndsTheWait) {
  INDEXRUN_SKIP_UNLESS(is_root(), "another user needed");
  dir_.make_folder("closed", 0700);
  Command run = worker("file:closed/ready");
  expect_refusal(run.as_user(1000),
                 {.exit = 198, .stage = "gates", .says = {"Permission denied"}, .hint = "search"});
}

TEST_F(WaitFile, InAFolderThatMayNotBeReadIsFoundByLooking) {
  INDEXRUN_SKIP_UNLESS(is_root(), "another user needed");
  dir_.make_folder("dark", 0711);
  Command run = worker("file:dark/ready");
  Started started = run.as_user(1000).start();
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("dark/ready", "");
  expect_told(started);
}

/// From here on this system call fails with `error`.
void refuse(int call, int error) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog filter{std::size(program), program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) {
    _exit(99);
  }
}

TEST_F(WaitFile, IsFoundByLookingWhereTheKernelRefusesToTell) {
  for (const auto& [call, error] : {std::pair{SYS_inotify_init1, EMFILE},
                                    {SYS_inotify_init1, EPERM},
                                    {SYS_inotify_add_watch, ENOSPC}}) {
    Command run = worker("file:a/ready");
    Started started =
        run.in_child([call = call, error = error] { refuse(static_cast<int>(call), error); })
            .start();
    ASSERT_TRUE(waits(started.pid()));
    dir_.write("a/ready", "");
    expect_told(started);
    remove("a");
  }
}

TEST_F(WaitFile, WakesNobodyWhileNothingHappens) {
  dir_.make_folder("a/b");
  dir_.link("a", "link");
  Started started = waiting_for("file:link/b/ready");
  const std::string before = wake_ups(started.pid());
  // That nothing happens has no event: a while without a wake-up is looked at.
  const timespec moment{2, 0};
  nanosleep(&moment, nullptr);
  EXPECT_EQ(wake_ups(started.pid()), before);
  dir_.write("a/b/ready", "");
  expect_told(started);
}

}  // namespace
}  // namespace indexrun::test
