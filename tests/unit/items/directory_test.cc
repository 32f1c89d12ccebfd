// SPDX-License-Identifier: Apache-2.0
// Directories of items.
#include "items/directory.h"

#include "items/select.h"
#include "temporary.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

class DirectoryOfItems : public testing::Test {
 protected:
  Result<Item> item(std::uint64_t position) {
    index::Index index;
    index.task = index.position = position;
    return select({.source = Directory{folder_.path()}}, index, {});
  }
  void write(const std::string& name, const std::string& content) {
    static_cast<void>(folder_.file(name, content));
  }

  Temporary folder_;
};

TEST_F(DirectoryOfItems, AreTakenInByteOrder) {
  write("b", "two\n");
  write("a", "one");
  write("B", "zero");
  write("10", "minus one");
  EXPECT_EQ(item(0)->text, "minus one");
  EXPECT_EQ(item(1)->text, "zero");
  EXPECT_EQ(item(2)->text, "one");
  EXPECT_EQ(item(3)->text, "two");
  EXPECT_EQ(item(3)->count, 4U);
  EXPECT_EQ(item(4).error().failure, Failure::kItem);
}

TEST_F(DirectoryOfItems, HaveANameAndAPath) {
  write("a.txt", "one\n");
  const auto found = item(0);
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->fields.size(), 2U);
  EXPECT_EQ(found->fields[0].name, "name");
  EXPECT_EQ(found->fields[0].value, "a.txt");
  EXPECT_EQ(found->fields[1].name, "path");
  EXPECT_EQ(found->fields[1].value, folder_.path("a.txt"));
  EXPECT_EQ(found->origin, folder_.path("a.txt"));
}

TEST_F(DirectoryOfItems, LoseOneFinalNewline) {
  write("a", "one\n\n");
  write("b", "two\r\n");
  write("c", " three ");
  EXPECT_EQ(item(0)->text, "one\n");
  EXPECT_EQ(item(1)->text, "two");
  EXPECT_EQ(item(2)->text, " three ");
}

TEST_F(DirectoryOfItems, AreTakenByNumber) {
  for (int i = 0; i < 12; ++i) {
    write(std::to_string(i), "item " + std::to_string(i));
  }
  EXPECT_EQ(item(2)->text, "item 2");
  EXPECT_EQ(item(10)->text, "item 10");
}

TEST_F(DirectoryOfItems, AreTakenByNumberWithPadding) {
  for (int i = 0; i < 12; ++i) {
    write((i < 10 ? "0" : "") + std::to_string(i), "item " + std::to_string(i));
  }
  EXPECT_EQ(item(2)->text, "item 2");
  EXPECT_EQ(item(11)->text, "item 11");
}

TEST_F(DirectoryOfItems, MustHaveTheNumbersFromZeroIfAllAreNumbers) {
  for (const std::vector<const char*>& names : {std::vector{"1", "2", "3"},
                                                {"0", "2"},
                                                {"0", "00"},
                                                {"0", "01"},
                                                {"00", "1"},
                                                {"7"},
                                                {"0", "1", "20240101120000000001"}}) {
    const Temporary folder;
    for (const char* name : names) {
      static_cast<void>(folder.file(name, "x"));
    }
    const auto reader = open_directory(folder.path());
    ASSERT_FALSE(reader.has_value()) << names.back();
    EXPECT_EQ(reader.error().failure, Failure::kConfig);
    EXPECT_THAT(reader.error().problem, HasSubstr("not exactly 0 to"));
  }
}

TEST_F(DirectoryOfItems, AreReadThroughTheLinksOfAMountedConfigMap) {
  write("..2026_11_22/0", "foo");
  write("..2026_11_22/1", "bar");
  std::filesystem::create_symlink("..2026_11_22", folder_.path("..data"));
  std::filesystem::create_symlink("..data/0", folder_.path("0"));
  std::filesystem::create_symlink("..data/1", folder_.path("1"));
  const auto found = item(1);
  ASSERT_TRUE(found.has_value()) << found.error().message();
  EXPECT_EQ(found->text, "bar");
  EXPECT_EQ(found->count, 2U);
  EXPECT_EQ(found->fields[1].value, folder_.path("1"));
}

TEST_F(DirectoryOfItems, AreFilesBehindLinksToo) {
  const Temporary other;
  std::filesystem::create_symlink(other.file("x", "foo"), folder_.path("link"));
  EXPECT_EQ(item(0)->text, "foo");
}

TEST_F(DirectoryOfItems, AreNotHiddenFiles) {
  write("a", "one");
  write(".hidden", "x");
  EXPECT_EQ(item(0)->count, 1U);
}

TEST_F(DirectoryOfItems, AreNotDirectoriesOrBrokenLinks) {
  write("a", "one");
  std::filesystem::create_directory(folder_.path("sub"));
  EXPECT_EQ(item(0).error().object, folder_.path("sub"));
  EXPECT_EQ(item(0).error().failure, Failure::kConfig);
  std::filesystem::remove(folder_.path("sub"));
  std::filesystem::create_symlink("nowhere", folder_.path("broken"));
  EXPECT_EQ(item(0).error().object, folder_.path("broken"));
  EXPECT_EQ(item(0).error().failure, Failure::kConfig);
}

TEST_F(DirectoryOfItems, HaveDefectsOfTheirOwn) {
  write("a", "");
  write("b", "\n");
  write("c", "x\0y"s);
  write("d", "fine");
  for (const std::uint64_t position : {0U, 1U, 2U}) {
    EXPECT_EQ(item(position).error().failure, Failure::kItem) << position;
  }
  EXPECT_EQ(item(3)->text, "fine");
}

TEST_F(DirectoryOfItems, AreNeeded) {
  EXPECT_EQ(item(0).error().failure, Failure::kConfig);
  const auto missing = open_directory(folder_.path("none"));
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().system_error, ENOENT);
  const auto file = open_directory(folder_.file("file", "x"));
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().system_error, ENOTDIR);
}

TEST_F(DirectoryOfItems, MayNotChangeMeanwhile) {
  write("a", "one");
  auto reader = open_directory(folder_.path());
  ASSERT_TRUE(reader.has_value());
  EXPECT_TRUE((*reader)->unchanged().has_value());
  const timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, folder_.path().c_str(), times, 0), 0);
  const auto unchanged = (*reader)->unchanged();
  ASSERT_FALSE(unchanged.has_value());
  EXPECT_EQ(unchanged.error().failure, Failure::kInput);
}

}  // namespace
}  // namespace indexrun::items
