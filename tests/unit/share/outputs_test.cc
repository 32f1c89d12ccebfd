// SPDX-License-Identifier: Apache-2.0
#include "share/outputs.h"

#include "given.h"
#include "support/temp_dir.h"

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

bool apart(std::vector<std::string> mine, std::vector<std::string> theirs) {
  Job job;
  job.item = item_at(2, "b");
  job.outputs = std::move(mine);
  Job other;
  other.item = item_at(1, "a");
  other.outputs = std::move(theirs);
  const auto result = check_apart(job, other);
  if (!result) {
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_NE(result.error().problem.find("item 1 ('a')"), std::string::npos);
  }
  return result.has_value();
}

TEST(Outputs, ThatDifferAreApart) {
  EXPECT_TRUE(apart({}, {"/x"}));
  EXPECT_TRUE(apart({"/x/a", "/x/b"}, {"/x/c", "/x/ab"}));
}

TEST(Outputs, ThatMeetAreNot) {
  EXPECT_FALSE(apart({"/y", "/x"}, {"/z", "/x"}));
  EXPECT_FALSE(apart({"/x"}, {"/x/a"}));
  EXPECT_FALSE(apart({"/x/a/b"}, {"/x"}));
}

TEST(Outputs, AreComparedByWhatTheyAre) {
  const test::TempDir dir;
  dir.make_folder("real");
  dir.link("real", "link");
  inputs::Inputs inputs;
  inputs.files = {{.path = dir / "link/./x", .content = ""},
                  {.path = dir / "real/x", .content = ""}};
  const auto paths = output_paths(inputs);
  ASSERT_TRUE(paths);
  EXPECT_EQ(paths->at(0), paths->at(1));
}

}  // namespace
}  // namespace indexrun::share
