// SPDX-License-Identifier: Apache-2.0
// Every case runs in a process of its own, whose standard streams the relay writes to.
#include "share/relay.h"

#include "base/file.h"
#include "base/log.h"
#include "base/signals.h"
#include "process.h"

#include <cstdio>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

template <typename Body>
testing::Ended relayed(Body body) {
  return testing::run([&] {
    static_cast<void>(take_signals());
    auto loop = launch::Loop::open();
    Relay relay(*loop, 2);
    body(*loop, relay);
    return 0;
  });
}

/// Handles events until the item in this slot has been passed on.
void pass_on(launch::Loop& loop, Relay& relay, std::size_t slot) {
  relay.end(slot);
  while (!relay.passed_on(slot)) {
    relay.ready(loop.next().fd);
  }
}

TEST(Relay, PassesBothStreamsOn) {
  const testing::Ended ended = relayed([](launch::Loop& loop, Relay& relay) {
    {
      const auto ends = relay.open(0, "0: ");
      static_cast<void>(write_fully(ends->out.get(), "out\nrest"));
      static_cast<void>(write_fully(ends->err.get(), "err\n"));
    }
    pass_on(loop, relay, 0);
  });
  EXPECT_EQ(ended.out, "0: out\n0: rest\n");
  EXPECT_EQ(ended.err, "0: err\n");
}

TEST(Relay, MessagesGoBetweenTheLines) {
  const testing::Ended ended = relayed([](launch::Loop& loop, Relay& relay) {
    const auto ends = relay.open(1, "");
    static_cast<void>(write_fully(ends->err.get(), "a\nb"));
    relay.ready(loop.next().fd);
    log::warning("message");
    relay.flush();
    static_cast<void>(write_fully(ends->err.get(), "c\n"));
    pass_on(loop, relay, 1);
  });
  EXPECT_EQ(ended.err, "a\nindexrun: message\nbc\n");
}

TEST(Relay, WhatAnItemLeftBehindKeepsItsPrefixAndHoldsNobodyUp) {
  const testing::Ended ended = relayed([](launch::Loop& loop, Relay& relay) {
    auto orphans = relay.open(0, "old: ");
    static_cast<void>(write_fully(orphans->out.get(), "1\n"));
    pass_on(loop, relay, 0);
    {
      const auto ends = relay.open(0, "new: ");
      static_cast<void>(write_fully(ends->out.get(), "2\n"));
    }
    pass_on(loop, relay, 0);
    static_cast<void>(write_fully(orphans->out.get(), "3\n"));
    relay.ready(loop.next().fd);
    static_cast<void>(write_fully(orphans->out.get(), "4"));
    relay.leave();
    relay.drain();
  });
  EXPECT_EQ(ended.out, "old: 1\nnew: 2\nold: 3\nold: 4\n");
}

TEST(Relay, ManyPipesLeftOpenAreClosedInTheEnd) {
  const testing::Ended ended = relayed([](launch::Loop& loop, Relay& relay) {
    std::vector<Ends> kept;
    for (std::size_t i = 0; i < kMostLingering; ++i) {
      kept.push_back(std::move(*relay.open(0, "")));
      pass_on(loop, relay, 0);
    }
    relay.flush();
    std::printf("%zd %zd\n", ::write(kept.front().out.get(), "", 1),
                ::write(kept.back().out.get(), "x", 1));
    static_cast<void>(std::fflush(stdout));
  });
  EXPECT_EQ(ended.out.substr(0, 5), "-1 1\n");
  EXPECT_NE(ended.err.find("the oldest pipe is closed"), std::string::npos);
}

TEST(Relay, AnItemThatWasNotStartedLeavesNothing) {
  const testing::Ended ended = relayed([](launch::Loop&, Relay& relay) {
    static_cast<void>(relay.open(0, "").has_value());
    relay.drop(0);
    std::printf("%d\n", relay.passed_on(0));
    static_cast<void>(std::fflush(stdout));
  });
  EXPECT_EQ(ended.out, "1\n");
}

TEST(Relay, TellsAStreamThatCannotBeWritten) {
  const testing::Ended ended = testing::run([] {
    static_cast<void>(take_signals());
    const UniqueFd full = open_file("/dev/full", O_WRONLY);
    static_cast<void>(::dup2(full.get(), STDOUT_FILENO));
    auto loop = launch::Loop::open();
    Relay relay(*loop, 1);
    {
      const auto ends = relay.open(0, "");
      static_cast<void>(write_fully(ends->out.get(), "x\n"));
    }
    pass_on(*loop, relay, 0);
    const auto error = relay.error();
    return error && error->system_error == ENOSPC && error->failure == Failure::kInternal ? 0 : 1;
  });
  EXPECT_TRUE(ended.status.success());
}

}  // namespace
}  // namespace indexrun::share
