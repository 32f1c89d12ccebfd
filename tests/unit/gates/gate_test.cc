// SPDX-License-Identifier: Apache-2.0
#include "gates/gate.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

using ::testing::HasSubstr;

TEST(Gate, OfAFileIsAllThatFollows) {
  for (const char* path : {"/a/b", "a", "with:colon", "tcp:x:1", " ", "-"}) {
    const auto gate = parse_gate(std::string("file:") + path);
    ASSERT_TRUE(gate) << path;
    EXPECT_EQ(gate->kind, Kind::kFile);
    EXPECT_EQ(gate->path, path);
    EXPECT_EQ(gate->text, std::string("file:") + path);
  }
  EXPECT_EQ(parse_gate("nonempty:x")->kind, Kind::kNonempty);
  EXPECT_EQ(parse_gate("nonempty:x")->path, "x");
}

TEST(Gate, OfAPeerIsHostAndPort) {
  struct Case {
    std::string text;
    std::string host;
    std::uint16_t port;
  };
  for (const Case& one :
       {Case{"tcp:db:5432", "db", 5432},
        {"tcp:127.0.0.1:1", "127.0.0.1", 1},
        {"tcp:[::1]:65535", "::1", 65535},
        {"tcp:[fe80::1]:080", "fe80::1", 80},
        {"tcp:job-0.svc.ns.svc.cluster.local:29500", "job-0.svc.ns.svc.cluster.local", 29500},
        {"tcp:db.:1", "db.", 1},
        {"tcp:a_b:1", "a_b", 1},
        {"tcp:9p:1", "9p", 1},
        {"tcp:" + std::string(63, 'a') + ":1", std::string(63, 'a'), 1}}) {
    const auto gate = parse_gate(one.text);
    ASSERT_TRUE(gate) << one.text << ": " << gate.error().problem;
    EXPECT_EQ(gate->kind, Kind::kTcp);
    EXPECT_EQ(gate->host, one.host);
    EXPECT_EQ(gate->port, one.port);
  }
}

TEST(Gate, OfAnotherFormIsAConfigError) {
  const std::string label(64, 'a');
  std::string name;
  for (int i = 0; i < 85; ++i) {
    name += "aa.";
  }
  for (const std::string& text : {std::string(),
                                  std::string("file"),
                                  std::string("file:"),
                                  std::string("FILE:x"),
                                  std::string("udp:a:1"),
                                  std::string("tcp:a"),
                                  std::string("tcp:a:"),
                                  std::string("tcp::1"),
                                  std::string("tcp:a:-1"),
                                  std::string("tcp:a: 1"),
                                  std::string("tcp:a:1 "),
                                  std::string("tcp:a:99999999999999999999"),
                                  std::string("tcp:1.2.3:1"),
                                  std::string("tcp:1234:1"),
                                  std::string("tcp:-a:1"),
                                  std::string("tcp:a-.b:1"),
                                  std::string("tcp:.:1"),
                                  std::string("tcp:[]:1"),
                                  std::string("tcp:[::1%lo]:1"),
                                  std::string("tcp:a/b:1"),
                                  std::string("tcp:b\xc3\xbc:1"),
                                  std::string("tcp:a\0b:1", 9),
                                  std::string("tcp:127.0.0.1\0:1", 16),
                                  "tcp:" + label + ":1",
                                  "tcp:" + name + "a:1",
                                  "file:/" + std::string(5000, 'x')}) {
    const auto gate = parse_gate(text);
    ASSERT_FALSE(gate) << text;
    EXPECT_EQ(gate.error().failure, Failure::kConfig);
    EXPECT_EQ(gate.error().stage, "gates");
    EXPECT_EQ(gate.error().object, "--wait-for");
    EXPECT_LT(gate.error().problem.size(), 300U);
  }
}

TEST(Gate, SaysHowAnIPv6AddressIsWritten) {
  EXPECT_THAT(parse_gate("tcp:::1:80").error().hint, HasSubstr("tcp:[::1]:80"));
}

}  // namespace
}  // namespace indexrun::gates
