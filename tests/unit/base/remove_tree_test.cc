// SPDX-License-Identifier: Apache-2.0
#include "base/remove_tree.h"

#include "support/temp_dir.h"

#include <cerrno>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

DirectoryIdentity identity_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0);
  return {status.st_dev, status.st_ino};
}

TEST(RemoveTree, RemovesAllThatIsInIt) {
  const test::TempDir dir;
  dir.write("tree/file", "x");
  dir.write("tree/a/b/c/file", "x");
  dir.make_folder("tree/empty");
  dir.make_fifo("tree/fifo");
  EXPECT_EQ(remove_tree(dir / "tree", identity_of(dir / "tree")), 0);
  EXPECT_FALSE(dir.has("tree"));
}

TEST(RemoveTree, FollowsNoLink) {
  const test::TempDir dir;
  dir.write("kept/file", "x");
  dir.make_folder("tree/a");
  dir.link(dir / "kept", "tree/link");
  dir.link(dir / "kept/file", "tree/a/link");
  EXPECT_EQ(remove_tree(dir / "tree", identity_of(dir / "tree")), 0);
  EXPECT_EQ(dir.read("kept/file"), "x");
}

TEST(RemoveTree, OpensDirectoriesThatAreShut) {
  const test::TempDir dir;
  dir.write("tree/shut/file", "x");
  dir.write("tree/unwritable/file", "x");
  ::chmod((dir / "tree/shut").c_str(), 0);
  ::chmod((dir / "tree/unwritable").c_str(), 0500);
  ::chmod((dir / "tree").c_str(), 0500);
  EXPECT_EQ(remove_tree(dir / "tree", identity_of(dir / "tree")), 0);
  EXPECT_FALSE(dir.has("tree"));
}

TEST(RemoveTree, LeavesWhatTookItsPlace) {
  const test::TempDir dir;
  dir.write("tree/file", "x");
  const DirectoryIdentity identity = identity_of(dir / "tree");
  ASSERT_EQ(::rename((dir / "tree").c_str(), (dir / "moved").c_str()), 0);
  EXPECT_EQ(remove_tree(dir / "tree", identity), ENOENT);
  dir.link(dir / "moved", "tree");
  EXPECT_NE(remove_tree(dir / "tree", identity), 0) << "a link, even to the directory itself";
  EXPECT_EQ(dir.read("moved/file"), "x");
  ASSERT_EQ(::unlink((dir / "tree").c_str()), 0);
  dir.write("tree/other", "x");
  EXPECT_EQ(remove_tree(dir / "tree", identity), ENOTDIR);
  EXPECT_EQ(dir.read("tree/other"), "x");
}

}  // namespace
}  // namespace indexrun
