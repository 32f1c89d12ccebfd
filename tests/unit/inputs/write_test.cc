// SPDX-License-Identifier: Apache-2.0
#include "inputs/write.h"

#include "support/temp_dir.h"

#include <csignal>

#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

class Write : public testing::Test {
 protected:
  void add(const std::string& name, const std::string& content, mode_t mode = 0644) {
    inputs_.files.push_back({dir_ / name, content, mode});
  }

  test::TempDir dir_;
  Inputs inputs_;
};

TEST_F(Write, PutsEveryFileInPlaceWithItsMode) {
  add("a/one", "1\n", 0600);
  add("two", std::string("\0\xFF", 2), 0666);
  ASSERT_TRUE(write(inputs_).has_value());
  EXPECT_EQ(dir_.read("a/one"), "1\n");
  EXPECT_EQ(dir_.mode("a/one"), 0600U);
  EXPECT_EQ(dir_.read("two"), std::string("\0\xFF", 2));
  EXPECT_EQ(dir_.mode("two"), 0666U);
}

TEST_F(Write, StopsAtTheFirstFileThatCannotBeWritten) {
  dir_.make_folder("folder");
  add("one", "1");
  add("folder", "2");
  add("three", "3");
  const auto result = write(inputs_);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().failure, Failure::kInput);
  EXPECT_EQ(result.error().stage, "inputs");
  EXPECT_EQ(result.error().object, dir_ / "folder");
  EXPECT_EQ(dir_.read("one"), "1");
  EXPECT_FALSE(dir_.has("three"));
}

TEST_F(Write, StopsAtAStopSignal) {
  sigset_t stop;
  sigset_t old;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &stop, &old), 0);
  ASSERT_EQ(raise(SIGTERM), 0);
  add("one", "1");
  const auto result = write(inputs_);
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().failure, Failure::kStopped);
  EXPECT_EQ(result.error().signal, SIGTERM);
  EXPECT_TRUE(dir_.snapshot().empty());
}

}  // namespace
}  // namespace indexrun::inputs
