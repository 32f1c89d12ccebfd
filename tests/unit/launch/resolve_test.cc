// SPDX-License-Identifier: Apache-2.0
#include "launch/resolve.h"

#include "base/fd.h"
#include "base/file.h"
#include "process.h"

#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;

class Resolve : public ::testing::Test {
 protected:
  Resolve() {
    std::string pattern = ::testing::TempDir() + "resolve.XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    EXPECT_EQ(::chmod(root_.c_str(), 0755), 0);
    for (const char* directory : {"/a", "/b", "/b/sub"}) {
      EXPECT_EQ(::mkdir((root_ + directory).c_str(), 0755), 0);
    }
    write("/a/blocked", 0644);
    write("/b/blocked", 0755);
    write("/b/tool", 0755);
    write("/b/sub/tool", 0755);
    write("/a/plain", 0644);
  }
  ~Resolve() override { EXPECT_EQ(std::system(("rm -rf '" + root_ + "'").c_str()), 0); }

  void write(const std::string& name, mode_t mode) {
    const UniqueFd file = open_file(root_ + name, O_WRONLY | O_CREAT, 0644);
    EXPECT_EQ(write_fully(file.get(), "#!/bin/true\n"), 0);
    EXPECT_EQ(::fchmod(file.get(), mode), 0);
  }

  [[nodiscard]] Environment path(const std::string& text) const {
    Environment environment;
    std::string expanded;
    for (const char c : text) {
      expanded += c == '@' ? root_ : std::string(1, c);
    }
    environment.set("PATH", expanded);
    return environment;
  }

  [[nodiscard]] std::string found(const std::string& command, const std::string& text,
                                  int directory = AT_FDCWD) const {
    const auto result = resolve(command, path(text), directory);
    return result ? *result : "error: " + result.error().message();
  }

  std::string root_;
};

TEST_F(Resolve, TakesTheFirstInPath) {
  EXPECT_EQ(found("tool", "@/a:@/b:@/b/sub"), root_ + "/b/tool");
  EXPECT_EQ(found("tool", "@/b/sub:@/b"), root_ + "/b/sub/tool");
  EXPECT_EQ(found("tool", "@/missing:@/a/plain:@/b/"), root_ + "/b/tool");
}

TEST_F(Resolve, GoesOnBehindAFileThatCannotBeExecuted) {
  EXPECT_EQ(found("blocked", "@/a:@/b"), root_ + "/b/blocked");
}

TEST_F(Resolve, GoesOnBehindADirectory) {
  EXPECT_EQ(::mkdir((root_ + "/a/tool").c_str(), 0755), 0);
  EXPECT_EQ(found("tool", "@/a:@/b"), root_ + "/b/tool");
}

TEST_F(Resolve, RemembersWhatCouldNotBeExecuted) {
  const auto result = resolve("plain", path("@/a:@/b"), AT_FDCWD);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kNoexec);
  EXPECT_EQ(result.error().object, root_ + "/a/plain");
}

TEST_F(Resolve, ADirectoryOfThatNameIsNotTheProgram) {
  const auto result = resolve("sub", path("@/a:@/b"), AT_FDCWD);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kNotfound);
}

TEST_F(Resolve, ADirectoryOfPathThatThisUserMayNotSearchHidesNothing) {
  EXPECT_EQ(::chmod((root_ + "/a").c_str(), 0), 0);
  const auto ended = testing::run([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) {
      return 2;
    }
    const auto found = resolve("tool", path("@/a:@/b"), AT_FDCWD);
    const auto missing = resolve("none", path("@/a:@/b"), AT_FDCWD);
    return found && !missing && missing.error().failure == Failure::kNotfound ? 0 : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
  EXPECT_EQ(::chmod((root_ + "/a").c_str(), 0755), 0);
}

TEST_F(Resolve, SaysWhereItLooked) {
  const auto result = resolve("nothing", path("@/a"), AT_FDCWD);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kNotfound);
  EXPECT_EQ(result.error().object, "nothing");
  EXPECT_THAT(result.error().problem, HasSubstr(root_ + "/a"));
  EXPECT_TRUE(result.error().hint.empty());
}

TEST_F(Resolve, HintsAtASubcommandThatCameTooLate) {
  for (const char* word : {"run", "stage", "show", "count", "install"}) {
    const auto result = resolve(word, path("@/a"), AT_FDCWD);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().hint, HasSubstr(word));
  }
}

TEST_F(Resolve, TakesAPathAsItIs) {
  EXPECT_EQ(found(root_ + "/b/tool", ""), root_ + "/b/tool");
  const auto missing = resolve(root_ + "/none", path(""), AT_FDCWD);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().failure, Failure::kNotfound);
}

TEST_F(Resolve, LooksFromTheProgramsWorkingDirectory) {
  const UniqueFd directory(::open((root_ + "/b").c_str(), O_PATH | O_CLOEXEC));
  EXPECT_EQ(found("./tool", "", directory.get()), "./tool");
  EXPECT_EQ(found("sub/tool", "", directory.get()), "sub/tool");
  EXPECT_EQ(found("tool", "sub:@/a", directory.get()), "sub/tool");
  EXPECT_EQ(found("tool", ":@/a", directory.get()), "tool") << "an empty element";
}

TEST_F(Resolve, TakesOnTrustWhatLiesInADirectoryThatItCannotSee) {
  EXPECT_EQ(found("./tool", "", -1), "./tool");
  EXPECT_EQ(found("tool", "sub:@/b", -1), root_ + "/b/tool");
}

TEST_F(Resolve, WithoutPathLooksInTheUsualPlaces) {
  const auto result = resolve("sh", Environment(), AT_FDCWD);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, "/bin/sh");
}

TEST_F(Resolve, RefusesAnEmptyName) {
  const auto result = resolve("", path("@/a"), AT_FDCWD);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kNotfound);
}

TEST_F(Resolve, RefusesADirectory) {
  const auto result = resolve(root_ + "/b", path(""), AT_FDCWD);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kNoexec);
  EXPECT_THAT(result.error().problem, HasSubstr("directory"));
}

}  // namespace
}  // namespace indexrun::launch
