// SPDX-License-Identifier: Apache-2.0
#include "launch/stdio.h"

#include "launching.h"
#include "process.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

TEST(GuardStdio, KeepsNewFilesAwayFromClosedStreams) {
  for (int closed = 0; closed < 8; ++closed) {
    const auto ended = testing::run([closed] {
      for (int fd = 0; fd < 3; ++fd) {
        if ((closed >> fd & 1) != 0) {
          ::close(fd);
        }
      }
      guard_stdio();
      return ::open("/dev/null", O_RDONLY | O_CLOEXEC) > STDERR_FILENO ? 0 : 1;
    });
    EXPECT_EQ(ended.status.code, 0) << "closed streams: " << closed;
  }
}

TEST(GuardStdio, AClosedStreamStillFails) {
  const auto ended = testing::run([] {
    ::close(STDOUT_FILENO);
    ::close(STDIN_FILENO);
    guard_stdio();
    char byte = 0;
    const bool writes = ::write(STDOUT_FILENO, "x", 1) >= 0 || errno != EBADF;
    const bool reads = ::read(STDIN_FILENO, &byte, 1) >= 0 || errno != EBADF;
    return writes || reads ? 1 : 0;
  });
  EXPECT_EQ(ended.status.code, 0);
}

TEST(GuardStdio, TheProgramFindsItsStreamsAsWeDid) {
  for (const bool supervise : {false, true}) {
    const auto ended = testing::run([supervise] {
      ::close_range(3, ~0U, 0);
      ::close(STDIN_FILENO);
      ::close(STDOUT_FILENO);
      const auto inputs = probe_with({"print-fds"});
      return supervise ? supervised(inputs) : executed(inputs);
    });
    EXPECT_EQ(ended.status.code, 0);
    EXPECT_EQ(ended.err.substr(0, 2), "2\n") << ended.err;
  }
}

}  // namespace
}  // namespace indexrun::launch
