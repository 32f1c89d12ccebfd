// SPDX-License-Identifier: Apache-2.0
// Matching files as items.
#include "items/glob.h"

#include "pieces.h"
#include "temporary.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

class GlobOfFiles : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"b.dat", "B.dat", "a.dat", "a10.dat", "a9.dat", ".hidden.dat", "x y*",
                             "one/1.csv", "two/1.csv", "two/2.csv", "sub.dat/in"}) {
      static_cast<void>(folder_.file(name, "x"));
    }
    std::filesystem::create_symlink("a.dat", folder_.path("link.dat"));
  }

  void expect(const std::string& pattern, std::vector<std::string> names) const {
    for (std::string& name : names) {
      name = folder_.path(name);
    }
    const auto reader = open_glob(folder_.path(pattern));
    ASSERT_TRUE(reader.has_value()) << pattern << ": " << reader.error().message();
    EXPECT_THAT(*texts_of(**reader), ElementsAreArray(names)) << pattern;
  }

  Temporary folder_;
};

TEST_F(GlobOfFiles, AreFilesInTheOrderOfTheirBytes) {
  expect("*.dat", {"B.dat", "a.dat", "a10.dat", "a9.dat", "b.dat", "link.dat"});
  expect("a?.dat", {"a9.dat"});
  expect("[ab].dat", {"a.dat", "b.dat"});
  expect("*/*.csv", {"one/1.csv", "two/1.csv", "two/2.csv"});
  expect("t*/2.csv", {"two/2.csv"});
  expect("two//*", {"two//1.csv", "two//2.csv"});
  expect("*y[*]", {"x y*"});
}

TEST_F(GlobOfFiles, NoMatchIsAnError) {
  for (const char* pattern :
       {"*.none", "none/*", "a.dat/*", ".hid*", "*.dat/", "on[e]", "{a,b}.d*"}) {
    const auto reader = open_glob(folder_.path(pattern));
    ASSERT_FALSE(reader.has_value()) << pattern;
    EXPECT_EQ(reader.error().failure, Failure::kConfig);
    EXPECT_THAT(reader.error().problem, HasSubstr("no file matches"));
  }
  EXPECT_THAT(open_glob("**/x").error().problem, HasSubstr("**"));
}

TEST_F(GlobOfFiles, WithoutAPatternIsWhatAShellMadeOfIt) {
  const auto reader = open_glob(folder_.path("a.dat"));
  ASSERT_FALSE(reader.has_value());
  EXPECT_EQ(reader.error().failure, Failure::kConfig);
  EXPECT_THAT(reader.error().hint, HasSubstr("quote the pattern"));
}

TEST_F(GlobOfFiles, ALinkThatLeadsNowhereIsNotLeftOut) {
  std::filesystem::create_symlink("nothing", folder_.path("broken.lnk"));
  const auto reader = open_glob(folder_.path("*.lnk"));
  ASSERT_FALSE(reader.has_value());
  EXPECT_THAT(reader.error().object, HasSubstr("broken.lnk"));
}

}  // namespace
}  // namespace indexrun::items
