// SPDX-License-Identifier: Apache-2.0
#include "gates/tcp_waiter.h"

#include "base/fd.h"

#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

class TcpWaiterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    peer_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::bind(peer_.get(), reinterpret_cast<sockaddr*>(&here), size), 0);
    ASSERT_EQ(::getsockname(peer_.get(), reinterpret_cast<sockaddr*>(&here), &size), 0);
    gate_ = {.kind = Kind::kTcp,
             .text = "tcp",
             .path = {},
             .host = "127.0.0.1",
             .port = ntohs(here.sin_port)};
  }

  /// The time until the waiter wants to look again.
  static Milliseconds pause_of(const TcpWaiter& waiter) {
    Alarms alarms;
    waiter.add_to(alarms);
    return alarms.at->left();
  }

  static void sleep_through(const TcpWaiter& waiter) {
    Alarms alarms;
    waiter.add_to(alarms);
    ::poll(alarms.descriptors.data(), alarms.descriptors.size(),
           static_cast<int>(alarms.at->left().count()));
  }

  UniqueFd peer_;
  Gate gate_;
};

TEST_F(TcpWaiterTest, IsMetByAListener) {
  ASSERT_EQ(::listen(peer_.get(), 1), 0);
  TcpWaiter waiter(gate_);
  while (!waiter.look().value()) {
    sleep_through(waiter);
  }
  EXPECT_TRUE(UniqueFd(::accept(peer_.get(), nullptr, nullptr)).valid());
}

TEST_F(TcpWaiterTest, RestsLongerAndLonger) {
  TcpWaiter waiter(gate_);
  Milliseconds longest{0};
  for (int round = 0; round < 4; ++round) {
    EXPECT_FALSE(waiter.look().value());
    EXPECT_EQ(waiter.seen(), "Connection refused");
    const Milliseconds pause = pause_of(waiter);
    const Milliseconds most = kFirstPause * (1 << round);
    EXPECT_LE(pause, most);
    EXPECT_GE(pause, most / 2 - Milliseconds(20));
    longest = std::max(longest, pause);
    sleep_through(waiter);
  }
  EXPECT_LE(longest, kLongestPause);
}

TEST_F(TcpWaiterTest, DoesNothingDuringAPause) {
  TcpWaiter waiter(gate_);
  EXPECT_FALSE(waiter.look().value());
  ASSERT_EQ(::listen(peer_.get(), 1), 0);
  EXPECT_FALSE(waiter.look().value()) << "too early";
  sleep_through(waiter);
  EXPECT_TRUE(waiter.look().value());
}

}  // namespace
}  // namespace indexrun::gates
