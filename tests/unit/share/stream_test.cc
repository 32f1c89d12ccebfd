// SPDX-License-Identifier: Apache-2.0
#include "share/stream.h"

#include "base/file.h"
#include "support/temp_dir.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

class Streamed : public testing::Test {
 protected:
  Streamed() : file_(open_file(dir_ / "out", O_WRONLY | O_CREAT, 0600)), sink_(file_.get()) {}

  /// Passes on what was written in these pieces, and what is left at the end.
  std::string pass(const std::vector<std::string>& pieces, const std::string& prefix = "") {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    UniqueFd writing(ends[1]);
    static_cast<void>(::fcntl(ends[0], F_SETFL, O_RDONLY | O_NONBLOCK));
    Stream stream(UniqueFd{ends[0]}, sink_, prefix);
    EXPECT_EQ(stream.read_some(), Stream::Read::kNothing);
    for (const std::string& piece : pieces) {
      for (std::size_t at = 0; at < piece.size(); at += kPipe) {
        EXPECT_EQ(write_fully(writing.get(), piece.substr(at, kPipe)), 0);
        while (stream.read_some() == Stream::Read::kSome) {
        }
      }
    }
    writing.reset();
    EXPECT_EQ(stream.read_some(), Stream::Read::kEnd);
    stream.end_line();
    return dir_.read("out");
  }

  static constexpr std::size_t kPipe = 65536;
  test::TempDir dir_;
  UniqueFd file_;
  launch::Sink sink_;
};

TEST_F(Streamed, HoldsALineUntilItsEnd) {
  EXPECT_EQ(pass({"a", "b\nc", "d\n", "e"}), "ab\ncd\ne\n");
}

TEST_F(Streamed, PutsThePrefixBeforeEveryLine) {
  EXPECT_EQ(pass({"a\n\nb", "c\nd"}, "1: "), "1: a\n1: \n1: bc\n1: d\n");
}

TEST_F(Streamed, AddsNothingWhereThereIsNothing) {
  EXPECT_EQ(pass({}, "1: "), "");
}

TEST_F(Streamed, APrefixIsPartOfOneLine) {
  EXPECT_EQ(pass({"x\n"}, "a\nb\r: "), "a b : x\n");
}

TEST_F(Streamed, APrefixHasALimit) {
  EXPECT_EQ(pass({"x\n"}, std::string(100'000, 'p')), std::string(kLongestPrefix, 'p') + "x\n");
}

TEST_F(Streamed, BreaksALineThatIsTooLong) {
  const std::string out = pass({std::string(2 * kLongestLine + 5, 'x')});
  EXPECT_EQ(std::count(out.begin(), out.end(), 'x'), 2 * kLongestLine + 5);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 3);
}

TEST_F(Streamed, KeepsALineBelowTheLimit) {
  const std::string line(kLongestLine - 70'000, 'x');
  EXPECT_EQ(pass({line + "\n"}), line + "\n");
}

}  // namespace
}  // namespace indexrun::share
