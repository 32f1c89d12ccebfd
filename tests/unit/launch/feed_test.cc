// SPDX-License-Identifier: Apache-2.0
#include "launch/feed.h"

#include "base/signals.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

/// The pieces in turn, then the end or an error.
class Pieces final : public ByteSource {
 public:
  explicit Pieces(std::vector<std::string> pieces, bool fails = false)
      : pieces_(std::move(pieces)), fails_(fails) {}
  Result<std::string_view> next() override {
    if (at_ < pieces_.size()) {
      return std::string_view(pieces_[at_++]);
    }
    if (fails_) {
      return Error{.failure = Failure::kInput, .stage = "items", .problem = "changed"};
    }
    return std::string_view();
  }

 private:
  std::vector<std::string> pieces_;
  std::size_t at_ = 0;
  bool fails_;
};

class FeedOfAProgram : public testing::Test {
 protected:
  FeedOfAProgram() : inherited_(take_signals()), loop_(Loop::open()) {}
  ~FeedOfAProgram() override { restore_signals(inherited_); }

  /// Reads to the end as a program does, feeding whenever the pipe takes something.
  std::string read_all(Feed& feed) {
    std::string all;
    std::array<char, 10'000> buffer{};
    for (;;) {
      if (feed.fd() >= 0) {
        const Event event = loop_->next();
        EXPECT_EQ(event.kind, Event::Kind::kReady);
        EXPECT_TRUE(feed.ready().has_value());
      }
      const ssize_t size = ::read(feed.reader().get(), buffer.data(), buffer.size());
      if (size <= 0) {
        return all;
      }
      all.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  InheritedSignals inherited_;  // NOLINT: a fixture
  Result<Loop> loop_;           // NOLINT: a fixture
};

TEST_F(FeedOfAProgram, GivesAllPiecesAndTheEnd) {
  const std::string large(300'000, 'x');
  Pieces pieces({"foo\n", large, "bar\n"});
  auto feed = Feed::open(*loop_, pieces);
  ASSERT_TRUE(feed.has_value());
  EXPECT_EQ(read_all(*feed), "foo\n" + large + "bar\n");
  EXPECT_EQ(feed->fd(), -1);
}

TEST_F(FeedOfAProgram, MayBeEmpty) {
  Pieces pieces({});
  auto feed = Feed::open(*loop_, pieces);
  ASSERT_TRUE(feed.has_value());
  EXPECT_EQ(read_all(*feed), "");
}

TEST_F(FeedOfAProgram, EndsWhenTheProgramReadsNoMore) {
  Pieces pieces({"foo\n"});
  auto feed = Feed::open(*loop_, pieces);
  ASSERT_TRUE(feed.has_value());
  feed->reader().reset();
  EXPECT_TRUE(feed->ready().has_value());
  EXPECT_EQ(feed->fd(), -1);
  // write(2) raised it in ourselves, blocked as it is.
  const Event event = loop_->next();
  EXPECT_EQ(event.signal.ssi_signo, static_cast<unsigned>(SIGPIPE));
  EXPECT_EQ(event.signal.ssi_pid, static_cast<unsigned>(::getpid()));
}

TEST_F(FeedOfAProgram, TellsAnErrorOfItsSource) {
  Pieces pieces({"foo\n"}, true);
  auto feed = Feed::open(*loop_, pieces);
  ASSERT_TRUE(feed.has_value());
  const auto fed = feed->ready();
  ASSERT_FALSE(fed.has_value());
  EXPECT_EQ(fed.error().failure, Failure::kInput);
  EXPECT_EQ(feed->fd(), -1);
}

}  // namespace
}  // namespace indexrun::launch
