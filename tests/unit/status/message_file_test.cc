// SPDX-License-Identifier: Apache-2.0
#include "status/message_file.h"

#include "base/file.h"

#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::status {
namespace {

class MessageFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "message_XXXXXX";
    const UniqueFd fd(::mkstemp(name.data()));
    ASSERT_TRUE(fd.valid());
    path_ = name;
  }
  void TearDown() override { ::unlink(path_.c_str()); }

  void append(const std::string& text) const {
    const UniqueFd fd = open_file(path_, O_WRONLY | O_APPEND);
    ASSERT_EQ(write_fully(fd.get(), text), 0);
  }
  [[nodiscard]] std::string content() const { return read_file(path_).bytes; }

  std::string path_;  // NOLINT: a fixture
};

TEST_F(MessageFileTest, WritesIntoTheFileItself) {
  struct stat before {};
  ASSERT_EQ(::stat(path_.c_str(), &before), 0);
  MessageFile file = MessageFile::open(path_);
  ASSERT_TRUE(file.exists());
  file.write("hello\n");
  struct stat after {};
  ASSERT_EQ(::stat(path_.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino) << "a bind mount cannot be replaced";
  EXPECT_EQ(content(), "hello\n");
}

TEST_F(MessageFileTest, ReplacesWhatStoodThereBefore) {
  append("a long message of an earlier container\n");
  MessageFile file = MessageFile::open(path_);
  file.write("new\n");
  EXPECT_EQ(content(), "new\n");
}

TEST_F(MessageFileTest, LeavesTheWorkloadsOwnMessageAlone) {
  MessageFile file = MessageFile::open(path_);
  append("from the program\n");
  file.write("ours\n");
  EXPECT_EQ(content(), "from the program\n");
}

TEST_F(MessageFileTest, IsNeverCreated) {
  const std::string missing = path_ + ".missing";
  MessageFile file = MessageFile::open(missing);
  EXPECT_FALSE(file.exists());
  file.write("nothing");
  EXPECT_NE(::access(missing.c_str(), F_OK), 0);
}

TEST_F(MessageFileTest, DoesNotWaitForTheReaderOfAFifo) {
  const std::string fifo = path_ + ".fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_FALSE(MessageFile::open(fifo).exists());
  ::unlink(fifo.c_str());
}

TEST_F(MessageFileTest, TakesADirectoryForMissing) {
  EXPECT_FALSE(MessageFile::open("/").exists());
}

}  // namespace
}  // namespace indexrun::status
