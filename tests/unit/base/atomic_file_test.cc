// SPDX-License-Identifier: Apache-2.0
// Files appear whole or not at all, and nothing that is not a plain file is ever replaced.
#include "base/atomic_file.h"

#include "support/temp_dir.h"

#include <cerrno>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

using test::TempDir;

class AtomicFileTest : public testing::Test {
 protected:
  [[nodiscard]] Error refused(const std::string& name) const {
    const auto result = write_atomically("inputs", dir_ / name, "new\n", 0644);
    return result ? Error{.problem = "was written"} : result.error();
  }

  TempDir dir_;
};

/// Runs `check` in a child, which may change its limits and mounts; true if it did.
template <typename Check>
bool in_child(Check check) {
  const pid_t pid = fork();
  if (pid == 0) {
    _exit(check() ? 0 : 1);
  }
  int status = -1;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// The same with mounts that nobody else sees.
template <typename Check>
bool in_private_mounts(Check check) {
  return in_child([&check] {
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 && check();
  });
}

TEST_F(AtomicFileTest, TheModeIsExactWhateverTheUmask) {
  const mode_t old = umask(077);
  EXPECT_TRUE(write_atomically("inputs", dir_ / "data", "x", 0646).has_value());
  umask(old);
  EXPECT_EQ(dir_.mode("data"), 0646U);
  EXPECT_EQ(dir_.read("data"), "x");
}

TEST_F(AtomicFileTest, ReplacesAnOldFileAndLeavesNothingElse) {
  dir_.write("data", "old and longer\n", 0600);
  EXPECT_TRUE(write_atomically("inputs", dir_ / "data", "new\n", 0644).has_value());
  EXPECT_EQ(dir_.read("data"), "new\n");
  EXPECT_EQ(dir_.snapshot().size(), 1U);
}

TEST_F(AtomicFileTest, WithoutCommitTheOldFileStaysAndTheTemporaryOneGoes) {
  dir_.write("data", "old\n");
  const auto before = dir_.snapshot();
  {
    auto file = AtomicFile::create("inputs", dir_ / "data");
    ASSERT_TRUE(file.has_value());
    AtomicFile moved = std::move(*file);
    EXPECT_TRUE(moved.write("half").has_value());
    EXPECT_EQ(dir_.read("data"), "old\n");
    EXPECT_NE(dir_.snapshot(), before) << "the temporary file lies in the same directory";
  }
  EXPECT_EQ(dir_.snapshot(), before);
}

TEST_F(AtomicFileTest, ARelativePathStartsFromTheWorkingDirectory) {
  EXPECT_TRUE(in_child([this] {
    return chdir(dir_.path().c_str()) == 0 && write_atomically("inputs", "a/b", "x", 0644) &&
           write_atomically("inputs", "c", "y", 0644);
  }));
  EXPECT_EQ(dir_.read("a/b"), "x");
  EXPECT_EQ(dir_.read("c"), "y");
}

TEST_F(AtomicFileTest, MakesParents) {
  const mode_t old = umask(022);
  EXPECT_TRUE(write_atomically("inputs", dir_ / "a/b//c/./data", "x", 0644).has_value());
  umask(old);
  EXPECT_EQ(dir_.read("a/b/c/data"), "x");
  EXPECT_EQ(dir_.mode("a/b"), 0755U);
}

TEST_F(AtomicFileTest, WhoMayReadTheFileMayPassTheDirectoriesMadeForItWhateverTheUmask) {
  dir_.make_folder("old", 0700);
  const mode_t old = umask(077);
  EXPECT_TRUE(write_atomically("inputs", dir_ / "old/all/deep/data", "x", 0644).has_value());
  EXPECT_TRUE(write_atomically("inputs", dir_ / "old/group/data", "x", 0640).has_value());
  EXPECT_TRUE(write_atomically("inputs", dir_ / "old/own/data", "x", 0600).has_value());
  umask(old);
  EXPECT_EQ(dir_.mode("old/all"), 0755U);
  EXPECT_EQ(dir_.mode("old/all/deep"), 0755U);
  EXPECT_EQ(dir_.mode("old/group"), 0750U);
  EXPECT_EQ(dir_.mode("old/own"), 0700U);
  EXPECT_EQ(dir_.mode("old"), 0700U) << "not made here";
}

TEST_F(AtomicFileTest, ANameMayBeAsLongAsNamesCanBe) {
  const std::string name(255, 'n');
  EXPECT_TRUE(write_atomically("inputs", dir_ / name, "x", 0644).has_value());
  EXPECT_EQ(dir_.read(name), "x");
  EXPECT_EQ(refused(name + "n").system_error, ENAMETOOLONG);
}

TEST_F(AtomicFileTest, FollowsAFinalLink) {
  dir_.write("real/data", "old\n");
  dir_.link("real/data", "relative");
  dir_.link(dir_ / "real/other", "absolute");
  dir_.link("relative", "twice");
  dir_.link("made/later", "dangling");
  for (const char* name : {"relative", "absolute", "twice", "dangling"}) {
    EXPECT_TRUE(write_atomically("inputs", dir_ / name, name, 0644).has_value()) << name;
    EXPECT_EQ(follow_links(dir_ / name).path != dir_ / name, true) << name << " is still a link";
  }
  EXPECT_EQ(dir_.read("real/data"), "twice");
  EXPECT_EQ(dir_.read("real/other"), "absolute");
  EXPECT_EQ(dir_.read("made/later"), "dangling");
}

TEST_F(AtomicFileTest, RefusesALoopOfLinks) {
  dir_.link("two", "one");
  dir_.link("one", "two");
  const Error error = refused("one");
  EXPECT_EQ(error.failure, Failure::kInput);
  EXPECT_EQ(error.system_error, ELOOP);
  EXPECT_EQ(error.object, dir_ / "one");
  EXPECT_FALSE(error.hint.empty());
}

TEST_F(AtomicFileTest, RefusesDirectories) {
  dir_.make_folder("folder");
  dir_.link("folder", "link");
  const auto before = dir_.snapshot();
  for (const char* name : {"folder", "folder/", "folder/.", "link", "new/", ""}) {
    const Error error = refused(name);
    EXPECT_EQ(error.failure, Failure::kInput) << name;
    EXPECT_EQ(error.system_error, EISDIR) << name << ": " << error.problem;
  }
  EXPECT_FALSE(write_atomically("inputs", "", "x", 0644).has_value());
  EXPECT_EQ(dir_.snapshot(), before);
}

TEST_F(AtomicFileTest, RefusesWhatIsNoFile) {
  dir_.make_fifo("fifo");
  dir_.link("fifo", "link");
  for (const std::string& path : {dir_ / "fifo", dir_ / "link", std::string("/dev/null")}) {
    const auto result = write_atomically("inputs", path, "x", 0644);
    ASSERT_FALSE(result.has_value()) << path;
    EXPECT_EQ(result.error().failure, Failure::kInput) << path;
    EXPECT_NE(result.error().problem.find("not a regular file"), std::string::npos)
        << result.error().problem;
  }
  struct stat status {};
  ASSERT_EQ(stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(AtomicFileTest, RefusesWhatIsOpenUnderItsNameInProc) {
  int pipe_ends[2];
  ASSERT_EQ(pipe2(pipe_ends, O_CLOEXEC), 0);
  const int log = open(dir_.write("log", "kept\n").c_str(), O_WRONLY | O_CLOEXEC);
  const std::string descriptor = "/proc/self/fd/" + std::to_string(log);
  dir_.link(descriptor, "link");
  const auto before = dir_.snapshot();
  for (const std::string& path :
       {descriptor, dir_ / "link", "/proc/self/fd/" + std::to_string(pipe_ends[1])}) {
    const auto result = write_atomically("inputs", path, "x", 0644);
    ASSERT_FALSE(result.has_value()) << path;
    EXPECT_EQ(result.error().failure, Failure::kConfig) << path;
    EXPECT_EQ(result.error().object, path);
    EXPECT_FALSE(result.error().hint.empty());
  }
  close(log);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  EXPECT_EQ(dir_.snapshot(), before);
}

TEST_F(AtomicFileTest, AParentThatIsAFileIsAnError) {
  dir_.write("file", "");
  EXPECT_EQ(refused("file/data").system_error, ENOTDIR);
  EXPECT_EQ(refused("file/a/b/data").system_error, ENOTDIR);
}

TEST_F(AtomicFileTest, AFolderWithoutPermissionIsAnErrorWithARemedy) {
  dir_.make_folder("locked", 0555);
  EXPECT_TRUE(in_child([this] {
    if (geteuid() == 0 && seteuid(65534) != 0) {
      return false;
    }
    const Error error = refused("locked/data");
    return error.system_error == EACCES && error.failure == Failure::kInput && !error.hint.empty();
  }));
}

TEST_F(AtomicFileTest, TooLongAFileKeepsTheOldOne) {
  dir_.write("data", "old\n");
  const auto before = dir_.snapshot();
  EXPECT_TRUE(in_child([this] {
    const rlimit limit{4096, 4096};
    (void)signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto result = write_atomically("inputs", dir_ / "data", std::string(100'000, 'x'), 0644);
    return !result && result.error().system_error == EFBIG;
  }));
  EXPECT_EQ(dir_.snapshot(), before);
}

class AtomicFileOnMounts : public AtomicFileTest {
 protected:
  void SetUp() override {
    if (!in_private_mounts([] { return true; })) {
      GTEST_SKIP() << "mounting needs CAP_SYS_ADMIN";
    }
  }
};

TEST_F(AtomicFileOnMounts, AFullDiskKeepsTheOldFile) {
  dir_.make_folder("small");
  EXPECT_TRUE(in_private_mounts([this] {
    if (mount("none", (dir_ / "small").c_str(), "tmpfs", 0, "size=16k") != 0) {
      return false;
    }
    dir_.write("small/data", "old\n");
    const auto result =
        write_atomically("inputs", dir_ / "small/data", std::string(1 << 20, 'x'), 0644);
    return !result && result.error().system_error == ENOSPC &&
           result.error().failure == Failure::kInput && !result.error().hint.empty() &&
           dir_.read("small/data") == "old\n" && dir_.snapshot().size() == 2;
  }));
}

TEST_F(AtomicFileOnMounts, AReadOnlyFileSystemIsAnErrorWithARemedy) {
  dir_.make_folder("ro");
  EXPECT_TRUE(in_private_mounts([this] {
    if (mount("none", (dir_ / "ro").c_str(), "tmpfs", MS_RDONLY, nullptr) != 0) {
      return false;
    }
    const Error flat = refused("ro/data");
    const Error deep = refused("ro/a/b/data");
    return flat.system_error == EROFS && deep.system_error == EROFS && !flat.hint.empty();
  }));
}

TEST_F(AtomicFileOnMounts, AMountedFileIsNotReplaced) {
  const std::string source = dir_.write("source", "mounted\n");
  const std::string target = dir_.write("target", "below\n");
  dir_.link("target", "link");
  EXPECT_TRUE(in_private_mounts([&] {
    if (mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0) {
      return false;
    }
    const auto before = dir_.snapshot();
    const Error error = refused("target");
    return error.system_error == EBUSY && error.failure == Failure::kInput && !error.hint.empty() &&
           refused("link").system_error == EBUSY && dir_.read("source") == "mounted\n" &&
           dir_.snapshot() == before;
  }));
}

TEST_F(AtomicFileOnMounts, AFileOnAMountedDirectoryIsReplaced) {
  dir_.make_folder("volume");
  EXPECT_TRUE(in_private_mounts([this] {
    return mount("none", (dir_ / "volume").c_str(), "tmpfs", 0, nullptr) == 0 &&
           write_atomically("inputs", dir_ / "volume/data", "one", 0644) &&
           write_atomically("inputs", dir_ / "volume/data", "two", 0644) &&
           dir_.read("volume/data") == "two";
  }));
}

}  // namespace
}  // namespace indexrun
