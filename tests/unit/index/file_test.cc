// SPDX-License-Identifier: Apache-2.0
// Index files.
#include "index/file.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

using testing::HasSubstr;

class IndexFile : public testing::Test {
 protected:
  IndexFile() { std::filesystem::create_directory(folder_); }
  ~IndexFile() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return folder_ + "/index"; }
  Result<std::uint64_t> read(const std::string& content) {
    std::ofstream(path(), std::ios::binary) << content;
    return read_index_file(path());
  }

  const std::string folder_ = testing::TempDir() + "index_file_" + std::to_string(getpid());
};

TEST_F(IndexFile, HoldsABareNumberWithAtMostOneNewline) {
  EXPECT_EQ(read("3").value(), 3U);
  EXPECT_EQ(read("3\n").value(), 3U);
  EXPECT_EQ(read("3\r\n").value(), 3U);
  EXPECT_EQ(read("017").value(), 17U);
}

TEST_F(IndexFile, HoldsADump) {
  EXPECT_EQ(read("batch.kubernetes.io/job-completion-index=\"3\"\nx=\"line\\n\"").value(), 3U);
}

TEST_F(IndexFile, RefusesOtherContent) {
  struct Row {
    std::string content;
    const char* says;
  };
  for (const Row& row :
       {Row{"", "is empty"}, Row{"\n", "is empty"}, Row{"3\n\n", "blanks"}, Row{" 3", "blanks"},
        Row{"3\r", "blanks"}, Row{"-1\n", "sign"}, Row{std::string("3\0", 2), "NUL"},
        Row{"a=\"1\"", "holds no batch.kubernetes.io/job-completion-index"},
        Row{"a=1", "expected key"}, Row{"batch.kubernetes.io/job-completion-index=\"\"", "empty"},
        Row{"batch.kubernetes.io/job-completion-index=\"0x1\"", "hexadecimal"},
        Row{std::string((1 << 20) + 1, '0'), "larger than 1 MiB"}}) {
    const auto number = read(row.content);
    ASSERT_FALSE(number.has_value()) << row.says;
    EXPECT_EQ(number.error().failure, Failure::kConfig) << row.says;
    EXPECT_EQ(number.error().object.substr(0, path().size()), path()) << row.says;
    EXPECT_THAT(number.error().problem, HasSubstr(row.says));
  }
}

TEST_F(IndexFile, SaysWhyTheDownwardApiLeftItEmpty) {
  EXPECT_THAT(read("").error().hint, HasSubstr("Indexed"));
}

TEST_F(IndexFile, MustBeAFile) {
  const auto missing = read_index_file(folder_ + "/missing");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().system_error, ENOENT);
  EXPECT_EQ(missing.error().failure, Failure::kConfig);
  const auto directory = read_index_file(folder_);
  ASSERT_FALSE(directory.has_value());
  EXPECT_EQ(directory.error().system_error, EISDIR);
  EXPECT_THAT(directory.error().hint, HasSubstr("subPath"));
}

TEST_F(IndexFile, MayBeALinkIntoAMountedVolume) {
  std::filesystem::create_directory(folder_ + "/..2026");
  std::ofstream(folder_ + "/..2026/index") << "4";
  std::filesystem::create_symlink("..2026", folder_ + "/..data");
  std::filesystem::create_symlink("..data/index", folder_ + "/index");
  EXPECT_EQ(read_index_file(path()).value(), 4U);
}

}  // namespace
}  // namespace indexrun::index
