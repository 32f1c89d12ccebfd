// SPDX-License-Identifier: Apache-2.0
#include "launch/sink.h"

#include "base/fd.h"
#include "base/file.h"
#include "support/temp_dir.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

class SinkToPipe : public testing::Test {
 protected:
  SinkToPipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reading.reset(ends[0]);
    writing.reset(ends[1]);
    static_cast<void>(::fcntl(ends[0], F_SETFL, O_RDONLY | O_NONBLOCK));
  }
  [[nodiscard]] std::string read() const {
    std::string text(std::size_t{1} << 20, '\0');
    const ssize_t n = ::read(reading.get(), text.data(), text.size());
    text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
    return text;
  }
  UniqueFd reading;
  UniqueFd writing;
};

TEST_F(SinkToPipe, WritesAtOnceWhatThereIsRoomFor) {
  Sink sink(writing.get());
  sink.append("a\n");
  sink.append("b\n");
  EXPECT_TRUE(sink.clogged());
  sink.flush();
  EXPECT_FALSE(sink.clogged());
  EXPECT_EQ(read(), "a\nb\n");
}

TEST_F(SinkToPipe, NeverWaitsAndLosesNothing) {
  Sink sink(writing.get());
  const std::string much(std::size_t{300} * 1024, 'x');
  sink.append(much);
  sink.flush();
  EXPECT_TRUE(sink.clogged());
  EXPECT_EQ(sink.taken(), much.size());
  std::string seen;
  while (sink.clogged()) {
    const std::string some = read();
    ASSERT_FALSE(some.empty());
    seen += some;
    EXPECT_EQ(sink.written() >= seen.size(), true);
    sink.flush();
  }
  seen += read();
  EXPECT_EQ(seen, much);
  EXPECT_EQ(sink.written(), much.size());
}

TEST_F(SinkToPipe, RemembersWhatAWriteMetAndThrowsTheRestAway) {
  ::signal(SIGPIPE, SIG_IGN);
  Sink sink(writing.get());
  reading.reset();
  sink.append("a\n");
  sink.flush();
  EXPECT_EQ(sink.error(), EPIPE);
  EXPECT_FALSE(sink.clogged());
  sink.append("b\n");
  EXPECT_FALSE(sink.clogged());
}

TEST_F(SinkToPipe, ADrawnLineGoesAwayBeforeAnythingElse) {
  Sink sink(writing.get());
  sink.draw("1/3");
  sink.draw("2/3");
  sink.append("line\n");
  sink.flush();
  sink.append("more\n");
  sink.draw("3/3");
  sink.flush();
  sink.draw("");
  EXPECT_EQ(read(), "1/3\r\x1b[K2/3\r\x1b[Kline\nmore\n");
}

TEST(SinkToFile, TakesEverythingAtOnce) {
  const test::TempDir dir;
  const UniqueFd file = open_file(dir / "x", O_WRONLY | O_CREAT, 0600);
  Sink sink(file.get());
  const std::string much(std::size_t{3} << 20, 'x');
  sink.append(much);
  sink.flush();
  EXPECT_FALSE(sink.clogged());
  EXPECT_EQ(dir.read("x").size(), much.size());
}

}  // namespace
}  // namespace indexrun::launch
