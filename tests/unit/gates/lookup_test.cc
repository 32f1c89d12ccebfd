// SPDX-License-Identifier: Apache-2.0
#include "gates/lookup.h"

#include <cstring>
#include <string>

#include <ares.h>
#include <netdb.h>
#include <netinet/in.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

TEST(Lookup, OfAnAddressIsReadyAtOnce) {
  for (const char* address : {"127.0.0.1", "::1", "2001:db8::7"}) {
    Lookup lookup(address, 8080);
    ASSERT_TRUE(lookup.advance());
    ASSERT_EQ(lookup.peers().size(), 1U);
    EXPECT_EQ(lookup.peers()[0].text(), address);
  }
  const Lookup lookup("127.0.0.1", 8080);
  const sockaddr_storage& raw = lookup.peers()[0].address;
  EXPECT_EQ(reinterpret_cast<const sockaddr_in&>(raw).sin_port, htons(8080));
}

TEST(Lookup, OfLocalhostNeedsNoServer) {
  Lookup lookup("localhost", 1);
  ASSERT_TRUE(lookup.advance());
  ASSERT_FALSE(lookup.peers().empty());
  EXPECT_THAT(lookup.peers()[0].text(), ::testing::AnyOf("127.0.0.1", "::1"));
}

TEST(Lookup, MayBeGivenUpAtAnyTime) {
  Lookup lookup("nobody.invalid", 1);
  Alarms alarms;
  if (!lookup.advance()) {
    lookup.add_to(alarms);
    EXPECT_TRUE(alarms.at.has_value());
  }
}

#ifdef INDEXRUN_STATIC
// What left_out.cc puts in place of glibc's and c-ares' does what is left of their duty.
TEST(LeftOut, StringsAreCopiedAsTheStandardSays) {
  char* (*volatile copy)(char*, const char*, std::size_t) = std::strncpy;  // not the compiler's own
  char target[6];
  std::memset(target, 'x', sizeof target);
  EXPECT_EQ(copy(target, "ab", 4), target);
  EXPECT_EQ(std::string(target, 6), std::string("ab\0\0xx", 6));
  copy(target, "abcdefgh", 3);
  EXPECT_EQ(std::string(target, 3), "abc");
}

TEST(LeftOut, NamesOfServicesAreUnknown) {
  EXPECT_EQ(::getservbyname("http", "tcp"), nullptr);
}

TEST(LeftOut, RandomNumbersDiffer) {
  bool differ = false;
  const int first = ::rand();
  for (int i = 0; i < 8; ++i) {
    differ = differ || ::rand() != first;
  }
  EXPECT_TRUE(differ);
}
#endif

}  // namespace
}  // namespace indexrun::gates
