// SPDX-License-Identifier: Apache-2.0
// Template files, also those that come through a pipe.
#include "inputs/source.h"

#include "support/temp_dir.h"

#include <cerrno>
#include <csignal>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

class Source : public testing::Test {
 protected:
  test::TempDir dir_;
};

TEST_F(Source, IsReadWhole) {
  const std::string content(300'000, 'x');
  EXPECT_EQ(*read_source(dir_.write("t", content), false, kLargestRender), content);
  EXPECT_EQ(*read_source(dir_.write("empty", ""), false, kLargestRender), "");
  EXPECT_FALSE(read_source("/proc/self/status", false, kLargestRender)->empty());
}

TEST_F(Source, AFifoIsReadUntilItsWriterIsDone) {
  const std::string fifo = dir_.make_fifo("fifo");
  const std::string content(300'000, 'x');
  std::thread writer([&] {
    const int fd = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    std::size_t done = 0;
    while (done < content.size()) {
      const ssize_t size = write(fd, content.data() + done, content.size() - done);
      ASSERT_GT(size, 0);
      done += static_cast<std::size_t>(size);
    }
    close(fd);
  });
  const auto read = read_source(fifo, false, kLargestRender);
  writer.join();
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->size(), content.size());
}

TEST_F(Source, AStopSignalEndsTheWaitForAFifo) {
  sigset_t stop;
  sigset_t old;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &stop, &old), 0);
  const std::string fifo = dir_.make_fifo("fifo");
  ASSERT_EQ(raise(SIGTERM), 0);
  const auto read = read_source(fifo, false, kLargestRender);
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().failure, Failure::kStopped);
  EXPECT_EQ(read.error().signal, SIGTERM);
}

TEST_F(Source, TheClassSaysWhoseFaultItIs) {
  EXPECT_EQ(read_source(dir_ / "none", false, kLargestRender).error().failure, Failure::kConfig);
  EXPECT_EQ(read_source(dir_ / "none", true, kLargestRender).error().failure, Failure::kItem);
  EXPECT_EQ(read_source(dir_.path(), false, kLargestRender).error().system_error, EISDIR);
}

TEST_F(Source, MoreThanTheLimitIsAnErrorAlsoOfADeviceWithoutEnd) {
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  EXPECT_TRUE(read_source(dir_.write("fits", std::string(kMiB, 'x')), false, kMiB).has_value());
  for (const std::string& path :
       {dir_.write("large", std::string(kMiB + 1, 'x')), std::string("/dev/zero")}) {
    const auto read = read_source(path, false, kMiB);
    ASSERT_FALSE(read.has_value()) << path;
    EXPECT_EQ(read.error().failure, Failure::kConfig);
    EXPECT_EQ(read.error().object, path);
    EXPECT_EQ(read.error().problem, "is longer than 1 MiB");
    EXPECT_EQ(read_source(path, true, kMiB).error().failure, Failure::kItem);
  }
}

}  // namespace
}  // namespace indexrun::inputs
