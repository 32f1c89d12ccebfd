// SPDX-License-Identifier: Apache-2.0
#include "launch/may_execute.h"

#include "launch/head.h"
#include "process.h"
#include "support/temp_dir.h"

#include <string>
#include <vector>

#include <fcntl.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using confine::Grant;
using confine::Right;
using ::testing::HasSubstr;
using ::testing::Not;

class MayExecute : public ::testing::Test {
 protected:
  MayExecute() {
    script_ = dir_.write("bin/script", "#! " + testing::probe_path() + " -x\n", 0755);
    dir_.link("bin/script", "link");
  }

  [[nodiscard]] Result<void> check(const std::string& path, const std::vector<std::string>& allowed,
                                   const std::string& directory = "") const {
    std::vector<Grant> grants;
    for (const std::string& one : allowed) {
      grants.push_back({Right::kExecute, one});
    }
    return check_may_execute(path, directory, grants);
  }

  test::TempDir dir_;
  std::string script_;
};

TEST_F(MayExecute, FindsTheInterpreterOfAScript) {
  EXPECT_EQ(interpreter(read_head(AT_FDCWD, script_)), testing::probe_path());
  EXPECT_EQ(interpreter(read_head(AT_FDCWD, dir_.write("text", "no program"))), "");
  EXPECT_EQ(interpreter(read_head(AT_FDCWD, dir_.write("none", "#!\n"))), "");
  EXPECT_FALSE(read_head(AT_FDCWD, dir_ / "missing").read_at_all);
}

TEST_F(MayExecute, FindsTheLoaderOfADynamicProgram) {
  EXPECT_THAT(interpreter(read_head(AT_FDCWD, "/bin/true")), HasSubstr("/ld-"));
  EXPECT_EQ(interpreter(read_head(AT_FDCWD, testing::probe_path())), "") << "static";
}

TEST_F(MayExecute, TheFileOrAnyDirectoryAboveIsEnough) {
  EXPECT_TRUE(check(testing::probe_path(), {testing::probe_path()}));
  EXPECT_TRUE(check(testing::probe_path(), {"/"}));
  EXPECT_TRUE(check(script_, {dir_.path(), testing::probe_path()}));
  EXPECT_TRUE(check(script_, {dir_ / "bin", testing::probe_path()}));
  EXPECT_TRUE(check(dir_ / "link", {dir_ / "bin", testing::probe_path()})) << "a link";
  EXPECT_TRUE(check(script_, {dir_ / "link", testing::probe_path()})) << "named by a link";
  EXPECT_TRUE(check("bin/script", {script_, testing::probe_path()}, dir_.path()));
}

TEST_F(MayExecute, AllThatIsMissingIsNamed) {
  const auto both = check(script_, {"/proc"});
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().failure, Failure::kConfig);
  EXPECT_THAT(both.error().message(), HasSubstr("--exec: "));
  EXPECT_THAT(both.error().message(), HasSubstr("'" + script_ + "' and '"));
  EXPECT_THAT(both.error().hint, HasSubstr("--exec " + script_));
  const auto one = check(script_, {script_});
  ASSERT_FALSE(one);
  EXPECT_THAT(one.error().hint, Not(HasSubstr("--exec " + script_)));
  EXPECT_THAT(one.error().hint, HasSubstr("probe"));
  EXPECT_FALSE(check(script_, {}));
  EXPECT_FALSE(check_may_execute(testing::probe_path(), "",
                                 std::vector<Grant>{{Right::kRead, "/"}, {Right::kWrite, "/"}}))
      << "neither reading nor writing is executing";
}

TEST_F(MayExecute, AScriptThatIsItsOwnInterpreterEnds) {
  const std::string loop = dir_.write("loop", "#!" + (dir_ / "loop") + "\n", 0755);
  EXPECT_TRUE(check(loop, {loop}));
}

TEST_F(MayExecute, WhatCannotBeFoundIsTakenUnseen) {
  EXPECT_TRUE(check(dir_ / "missing", {"/proc"}));
}

}  // namespace
}  // namespace indexrun::launch
