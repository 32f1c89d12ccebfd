// SPDX-License-Identifier: Apache-2.0
#include "base/patient_read.h"

#include "base/file.h"
#include "base/signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun {
namespace {

class PatientRead : public testing::Test {
 protected:
  PatientRead() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reader_.reset(ends[0]);
    writer_.reset(ends[1]);
  }
  void SetUp() override { inherited_ = take_signals(); }
  void TearDown() override { restore_signals(inherited_); }

  InheritedSignals inherited_;     // NOLINT: a fixture
  UniqueFd reader_;                // NOLINT: a fixture
  UniqueFd writer_;                // NOLINT: a fixture
  std::array<char, 16> buffer_{};  // NOLINT: a fixture
};

TEST_F(PatientRead, FillsTheBufferFromSeveralWrites) {
  ASSERT_EQ(write_fully(writer_.get(), "abc"), 0);
  ASSERT_EQ(write_fully(writer_.get(), "def"), 0);
  PatientReader reader(reader_.get());
  EXPECT_EQ(reader.read(buffer_.data(), 6).size, 6U);
  writer_.reset();
  const PatientReader::Block last = reader.read(buffer_.data(), 6);
  EXPECT_EQ(last.size, 0U);
  EXPECT_TRUE(last.end.fine());
}

TEST_F(PatientRead, EndsAtAStopSignalWhileNothingComes) {
  ::raise(SIGTERM);
  PatientReader reader(reader_.get());
  const PatientReader::Block block = reader.read(buffer_.data(), buffer_.size());
  EXPECT_EQ(block.end.signal, SIGTERM);
}

TEST_F(PatientRead, GoesOnAtAnIgnoredStopSignal) {
  ::signal(SIGHUP, SIG_IGN);
  ::raise(SIGHUP);
  ASSERT_EQ(write_fully(writer_.get(), "abc"), 0);
  writer_.reset();
  PatientReader reader(reader_.get());
  const PatientReader::Block block = reader.read(buffer_.data(), buffer_.size());
  EXPECT_EQ(block.size, 3U);
  EXPECT_TRUE(block.end.fine());
  ::signal(SIGHUP, SIG_DFL);
}

TEST_F(PatientRead, ReadsFilesWholeAndKnowsTheirLimit) {
  std::string name = testing::TempDir() + "patient_XXXXXX";
  const UniqueFd fd(::mkstemp(name.data()));
  const std::string text(10'000, 'x');
  ASSERT_EQ(write_fully(fd.get(), text), 0);
  EXPECT_EQ(read_patiently(name).bytes, text);
  EXPECT_EQ(read_patiently(name, 10'000).bytes, text);
  EXPECT_EQ(read_patiently(name, 9'999).end.error, EFBIG);
  EXPECT_EQ(read_patiently(name + ".none").end.error, ENOENT);
  EXPECT_EQ(read_patiently("/").end.error, EISDIR);
  ::raise(SIGINT);
  EXPECT_EQ(read_patiently(name).end.signal, SIGINT) << "a long list must not delay a stop";
  ::unlink(name.c_str());
}

TEST_F(PatientRead, TurnsAStopIntoItsError) {
  const Error error = ReadEnd{.error = 0, .signal = SIGTERM}.to_error(
      Error{.failure = Failure::kConfig, .stage = "items", .object = "x", .hint = "y"});
  EXPECT_EQ(error.failure, Failure::kStopped);
  EXPECT_EQ(error.signal, SIGTERM);
  EXPECT_EQ(error.object, "x");
  EXPECT_EQ(error.hint, "");
}

}  // namespace
}  // namespace indexrun
