// SPDX-License-Identifier: Apache-2.0
// Reading list files, and noticing that they changed.
#include "items/file_bytes.h"

#include "temporary.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

class FileBytesTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = folder_.file("items", "foo\nbar\n");
    // A time that no write of the test can repeat.
    const timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
    auto bytes = FileBytes::open(path_);
    ASSERT_TRUE(bytes.has_value());
    bytes_ = std::move(*bytes);
    ASSERT_EQ(bytes_->block().value(), "foo\nbar\n");
  }

  Temporary folder_;
  std::string path_;
  std::unique_ptr<Bytes> bytes_;
};

TEST_F(FileBytesTest, ReadsToTheEnd) {
  EXPECT_EQ(bytes_->block().value(), "");
  EXPECT_EQ(bytes_->block().value(), "");
  EXPECT_TRUE(bytes_->unchanged().has_value());
  EXPECT_TRUE(bytes_->is_short());
}

TEST_F(FileBytesTest, NoticesThatTheListWasWrittenAnew) {
  static_cast<void>(folder_.file("items", "one\ntwo\n"));
  const auto unchanged = bytes_->unchanged();
  ASSERT_FALSE(unchanged.has_value());
  EXPECT_EQ(unchanged.error().failure, Failure::kInput);
  EXPECT_THAT(unchanged.error().problem, testing::HasSubstr("changed while it was read"));
}

TEST_F(FileBytesTest, NoticesThatTheListWasTruncated) {
  std::filesystem::resize_file(path_, 4);
  EXPECT_FALSE(bytes_->unchanged().has_value());
}

TEST_F(FileBytesTest, IsTheOldListToItsEndWhenAnotherHasItsName) {
  std::filesystem::rename(folder_.file("new", "oof\nrab\n"), path_);
  EXPECT_TRUE(bytes_->unchanged().has_value());
}

TEST(FileBytes, ReadsALongFileInBlocks) {
  const Temporary folder;
  const std::string content(3000000, 'x');
  auto bytes = FileBytes::open(folder.file("items", content));
  ASSERT_TRUE(bytes.has_value());
  EXPECT_FALSE((*bytes)->is_short());
  std::string read;
  for (;;) {
    const auto block = (*bytes)->block();
    ASSERT_TRUE(block.has_value());
    if (block->empty()) {
      break;
    }
    read += *block;
  }
  EXPECT_EQ(read, content);
}

TEST(FileBytes, ReadsAFileThatHasNoSize) {
  auto bytes = FileBytes::open("/proc/self/limits");
  ASSERT_TRUE(bytes.has_value());
  EXPECT_THAT(std::string((*bytes)->block().value()), testing::HasSubstr("Max open files"));
}

TEST(FileBytes, TellsWhatMayPassFromWhatDoesNot) {
  EXPECT_EQ(failure_of_read(EIO), Failure::kInput);
  EXPECT_EQ(failure_of_read(ESTALE), Failure::kInput);
  EXPECT_EQ(failure_of_read(ENOENT), Failure::kConfig);
  EXPECT_EQ(failure_of_read(EACCES), Failure::kConfig);
  EXPECT_EQ(failure_of_read(EISDIR), Failure::kConfig);
}

}  // namespace
}  // namespace indexrun::items
