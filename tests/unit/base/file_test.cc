// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

TEST(File, OpensCloseOnExec) {
  const UniqueFd fd = open_file("/dev/null", O_RDONLY);
  ASSERT_TRUE(fd.valid());
  EXPECT_NE(::fcntl(fd.get(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(File, ReadsFilesThatHideTheirSize) {
  const FileContent content = read_file("/proc/self/status");
  EXPECT_EQ(content.error, 0);
  EXPECT_NE(content.bytes.find("Pid:"), std::string::npos);
}

TEST(File, ReadsAPipeToItsEnd) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  const std::string text(50'000, 'x');
  ASSERT_EQ(write_fully(writer.get(), text), 0);
  writer.reset();
  EXPECT_EQ(read_descriptor(reader.get()).bytes, text);
}

TEST(File, RefusesMoreThanTheLimit) {
  std::string name = testing::TempDir() + "file_XXXXXX";
  const UniqueFd fd(::mkstemp(name.data()));
  ASSERT_EQ(write_fully(fd.get(), "0123456789"), 0);
  EXPECT_EQ(read_file(name, 9).error, EFBIG);
  EXPECT_EQ(read_file(name, 10).bytes, "0123456789");
  EXPECT_EQ(read_file(name, 11).bytes, "0123456789");
  ::unlink(name.c_str());
}

TEST(File, SaysWhatStoodInTheWay) {
  EXPECT_EQ(read_file("/nonexistent").error, ENOENT);
  EXPECT_EQ(read_file("/").error, EISDIR);
}

TEST(UniqueFd, ClosesOnceAndSurvivesBeingGivenItself) {
  UniqueFd fd = open_file("/dev/null", O_RDONLY);
  const int number = fd.get();
  fd.reset(number);
  EXPECT_NE(::fcntl(number, F_GETFD), -1);
  UniqueFd moved = std::move(fd);
  EXPECT_FALSE(fd.valid());  // NOLINT: what a moved-from one promises
  EXPECT_EQ(moved.close(), 0);
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
}

}  // namespace
}  // namespace indexrun
