// SPDX-License-Identifier: Apache-2.0
// Paths of --ro, --rw and --exec: expanded like any other, but never made wider by an item.
#include "inputs/access.h"

#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using ::testing::HasSubstr;

class AccessInputs : public Worker {
 protected:
  void add(Access::Right right, const std::string& path) {
    spec.access.push_back({right, path, false});
  }
};

TEST_F(AccessInputs, AreExpandedInOrder) {
  add(Access::Right::kRead, "/in/{}");
  add(Access::Right::kWrite, "/out/{index:%03d}/");
  add(Access::Right::kExecute, "/usr");
  const Inputs got = inputs();
  ASSERT_EQ(got.access.size(), 3U);
  EXPECT_EQ(got.access[0].path, "/in/foo");
  EXPECT_EQ(got.access[0].right, Access::Right::kRead);
  EXPECT_TRUE(got.access[0].from_item);
  EXPECT_EQ(got.access[1].path, "/out/003/");
  EXPECT_EQ(got.access[2].path, "/usr");
  EXPECT_FALSE(got.access[2].from_item);
}

TEST_F(AccessInputs, StartFromTheWorkingDirectoryOfTheProgram) {
  spec.directory = "/work/{index}";
  add(Access::Right::kWrite, ".");
  add(Access::Right::kRead, "/in");
  const Inputs got = inputs();
  EXPECT_EQ(got.access[0].path, "/work/3/.");
  EXPECT_EQ(got.access[1].path, "/in");
}

TEST_F(AccessInputs, StayAsTheyAreWithoutTemplates) {
  spec.expand = false;
  add(Access::Right::kRead, "/in/{}");
  EXPECT_EQ(inputs().access[0].path, "/in/{}");
}

TEST_F(AccessInputs, MayHaveTheCount) {
  add(Access::Right::kRead, "/in/{count}");
  EXPECT_TRUE(wants_count(spec));
  spec.access[0].path = "/in/{index}";
  EXPECT_FALSE(wants_count(spec));
}

TEST_F(AccessInputs, NamesTheOptionWhereATemplateIsWrong) {
  add(Access::Right::kExecute, "/in/{indx}");
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_THAT(error().message(), HasSubstr("--exec: "));
}

TEST_F(AccessInputs, AnItemMayNameWhatIsBeneath) {
  for (const char* text : {"a", "a/b", "a/b/", "...", "..a", "a..", " "}) {
    spec.access.clear();
    item.text = text;
    add(Access::Right::kWrite, "/out/{}");
    EXPECT_EQ(inputs().access[0].path, std::string("/out/") + text);
  }
}

TEST_F(AccessInputs, AnItemMayNotWidenWhatCanBeReached) {
  for (const char* text : {"..", "../etc", "a/../..", "a/..", "", ".", "/", "./", "//"}) {
    spec.access.clear();
    item.text = text;
    add(Access::Right::kWrite, "/out/{}");
    EXPECT_EQ(error().failure, Failure::kItem) << text;
    EXPECT_THAT(error().message(), HasSubstr("--rw: ")) << text;
  }
  item.text = "";
  spec.access.clear();
  add(Access::Right::kRead, "/in/{}/x");
  EXPECT_EQ(error().failure, Failure::kItem);
  spec.access.clear();
  add(Access::Right::kRead, "{}");
  EXPECT_EQ(error().failure, Failure::kItem);
}

TEST_F(AccessInputs, TheTemplateItselfMayGoUp) {
  item.text = "a";
  add(Access::Right::kRead, "../in/{}");
  EXPECT_EQ(inputs().access[0].path, "../in/a");
}

TEST_F(AccessInputs, ASlashOfAModifierIsNoDirectory) {
  item.text = "d/a.txt";
  add(Access::Right::kRead, "/in/{/}");
  add(Access::Right::kRead, "/in/{//}");
  add(Access::Right::kRead, "/in/{/.}/x");
  const Inputs got = inputs();
  EXPECT_EQ(got.access[0].path, "/in/a.txt");
  EXPECT_EQ(got.access[1].path, "/in/d");
  EXPECT_EQ(got.access[2].path, "/in/a/x");
}

TEST_F(AccessInputs, PrivateDirectoriesAreExpandedToo) {
  spec.private_tmp = "scratch/{}";
  spec.private_home = "/home/{index}";
  spec.directory = "/work";
  EXPECT_EQ(inputs().private_tmp, "/work/scratch/foo");
  EXPECT_EQ(inputs().private_home, "/home/3");
  item.text = "..";
  EXPECT_EQ(error().failure, Failure::kItem);
  spec.private_tmp = "{count}";
  EXPECT_TRUE(wants_count(spec));
}

TEST_F(AccessInputs, AVariableIsSetOnce) {
  spec.private_tmp = "/scratch";
  spec.variables = {{"HOME", "/x"}};
  EXPECT_EQ(inputs().private_tmp, "/scratch");
  spec.variables = {{"TMPDIR", "/x"}};
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_THAT(error().message(), HasSubstr("--private-tmp: sets TMPDIR"));
}

}  // namespace
}  // namespace indexrun::inputs
