// SPDX-License-Identifier: Apache-2.0
// Statuses, mapped and not, and what cannot be executed. The names behind the tests are those of
// the comparison with other inits.
#include "support/blackbox.h"

#include <csignal>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class InitStatus : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command init(const std::vector<std::string>& options,
                             const std::vector<std::string>& program) const {
    return indexrun("--no-index --supervise").args({GetParam()}).args(options).command(program);
  }

  void expect_status(const std::string& program, int status) const {
    Ran ran = init({}, {program}).run();
    EXPECT_THAT(ran, Exits(status));
    EXPECT_THAT(ran.err, testing::HasSubstr("indexrun: launch: "));
  }
};

class InitMap : public Blackbox {
 protected:
  [[nodiscard]] Ran mapped(const std::vector<std::string>& map, int status) const {
    Command run = indexrun("--no-index --allow-term-success");
    for (const std::string& one : map) {
      run.args({"--map-exit", one});
    }
    return run.command({probe(), "exit", std::to_string(status)}).run();
  }
};

TEST_F(InitMap, T12_EachStatusCanBeMadeZero) {
  for (int status = 0; status < 256; ++status) {
    ASSERT_THAT(mapped({std::to_string(status) + "=0"}, status), Exits(0)) << status;
  }
}

TEST_F(InitMap, T13_WhereAllOthersAreMadeZeroEachStaysWhatItIs) {
  for (int status = 0; status < 256; status += 5) {
    std::vector<std::string> others;
    for (int other = 0; other < 256; ++other) {
      if (other != status) {
        others.push_back(std::to_string(other) + "=0");
      }
    }
    ASSERT_THAT(mapped(others, status), Exits(status));
  }
}

TEST_P(InitStatus, T5_OneSeparatorIsOurs) {
  EXPECT_THAT(init({}, {"true"}).run(), Exits(0));
  EXPECT_THAT(init({}, {"false"}).run(), Exits(1));
  EXPECT_THAT(init({}, {"--", "true"}).run(), Exits(127));
}

TEST_P(InitStatus, T8_StandardInputIsThePrograms) {
  EXPECT_THAT(init({}, {"sh"}).input("exit 3\n").run(), Exits(3));
}

TEST_P(InitStatus, D10_TheMessageNamesTheProgramAndTheReason) {
  Ran ran = init({}, {"/doesnotexist"}).run();
  EXPECT_THAT(ran, Refuses({.exit = 127, .stage = "launch", .object = "/doesnotexist"}));
  EXPECT_THAT(ran.err, testing::HasSubstr("No such file or directory"));
}

TEST_P(InitStatus, N9_WhatCannotBeExecuted) {
  dir_.write("script", "#!/no/such/interpreter\n", 0755);
  expect_status("./script", 126);
  expect_status("/" + std::string(300, 'x'), 126);
  expect_status("/etc/passwd/x", 126);
  expect_status("/etc/passwd", 126);
}

TEST_P(InitStatus, N9_AFolderThatIsClosedToUs) {
  INDEXRUN_SKIP_UNLESS(is_root(), "root needed, to be somebody else");
  dir_.write("closed/program", "#!/bin/sh\n", 0755);
  ASSERT_EQ(chmod((dir_ / "closed").c_str(), 0700), 0);
  ASSERT_EQ(chmod(dir_.path().c_str(), 0755), 0);
  Ran ran = init({}, {dir_ / "closed/program"}).as_user(65533).run();
  EXPECT_THAT(ran, Exits(126));
  EXPECT_THAT(ran.err, testing::HasSubstr("Permission denied"));
}

TEST_P(InitStatus, N9_AFileSystemWithoutExecution) {
  INDEXRUN_SKIP_UNLESS(is_root(), "root needed, to mount");
  dir_.make_folder("noexec");
  const std::string folder = dir_ / "noexec";
  Command run = init({}, {"noexec/program"}).in_child([folder] {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", folder.c_str(), "tmpfs", MS_NOEXEC, nullptr) != 0) {
      _exit(98);
    }
    std::FILE* file = std::fopen((folder + "/program").c_str(), "w");
    std::fputs("#!/bin/sh\n", file);
    std::fclose(file);
    chmod((folder + "/program").c_str(), 0755);
  });
  EXPECT_THAT(run.run(), Exits(126));
}

TEST_P(InitStatus, N9_AnEmptyFileIsNoSuccess) {
  dir_.write("empty", "", 0755);
  expect_status("./empty", 126);
}

INSTANTIATE_TEST_SUITE_P(Modes, InitStatus, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace indexrun::test
