// SPDX-License-Identifier: Apache-2.0
#include "inputs/paths.h"

#include "support/temp_dir.h"

#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

TEST(Paths, BeneathJoinsRelativePathsOnly) {
  EXPECT_EQ(beneath("", "a/b"), "a/b");
  EXPECT_EQ(beneath("work", "a/b"), "work/a/b");
  EXPECT_EQ(beneath("work/", "a"), "work/a");
  EXPECT_EQ(beneath("/", "a"), "/a");
  EXPECT_EQ(beneath("work", "/a"), "/a");
}

TEST(Paths, AbsoluteStartsFromHere) {
  EXPECT_EQ(*absolute("/a/../b"), "/a/../b");
  const std::string here = *absolute("x");
  EXPECT_TRUE(here.starts_with('/') && here.ends_with("/x")) << here;
}

TEST(Paths, OneSpellingForWhatDoesNotExist) {
  EXPECT_EQ(one_spelling("/nowhere/a//b/./c/../d"), "/nowhere/a/b/d");
  EXPECT_EQ(one_spelling("/nowhere/../../.."), "/");
  EXPECT_EQ(one_spelling("/nowhere/.."), "/");
  EXPECT_EQ(one_spelling("/"), "/");
}

TEST(Paths, OneSpellingFollowsLinks) {
  const test::TempDir dir;
  dir.write("real/file", "");
  dir.link("real", "link");
  dir.link("real/new", "dangling");
  EXPECT_EQ(one_spelling(dir / "link/file"), dir / "real/file");
  EXPECT_EQ(one_spelling(dir / "link/x/y"), dir / "real/x/y");
  EXPECT_EQ(one_spelling(dir / "link/../z"), dir / "z");
  EXPECT_EQ(one_spelling(dir / "dangling"), dir / "real/new");
}

}  // namespace
}  // namespace indexrun::inputs
