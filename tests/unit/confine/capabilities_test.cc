// SPDX-License-Identifier: Apache-2.0
#include "confine/capabilities.h"

#include "process.h"

#include <cstdint>

#include <linux/capability.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t bit(int capability) {
  return std::uint64_t{1} << capability;
}

bool privileged() {
  return ::geteuid() == 0 && ::prctl(PR_CAPBSET_READ, CAP_SETPCAP, 0, 0, 0) == 1;
}

Result<std::optional<Capabilities>> prepare_for(Policy policy,
                                                std::optional<Identity> identity = std::nullopt,
                                                bool no_new_privs = false) {
  Prepared prepared;
  prepared.identity = std::move(identity);
  prepared.no_new_privs = no_new_privs;
  return prepare_capabilities(policy, prepared);
}

/// Without any capability, as uid 1000, under or without no_new_privs; 0 if `check` holds there.
template <typename Check>
int unprivileged(Check check) {
  return testing::run([&] {
           if (::geteuid() == 0 && (::setgid(1000) != 0 || ::setuid(1000) != 0)) {
             return 2;
           }
           return check() ? 0 : 1;
         })
      .status.exit_code();
}

TEST(ParseCapability, TakesEveryWayOfWritingAName) {
  for (const char* name : {"net_raw", "NET_RAW", "cap_net_raw", "CAP_NET_RAW", "Cap_Net_Raw"}) {
    const auto capability = parse_capability("--cap-drop", name);
    ASSERT_TRUE(capability) << name;
    EXPECT_EQ(*capability, CAP_NET_RAW) << name;
  }
}

TEST(ParseCapability, RefusesWhatIsNoName) {
  for (const char* name : {"", "bogus", "99", "13", "cap_", "net raw", "cap_cap_net_raw", "all2"}) {
    const auto capability = parse_capability("--cap-add", name);
    ASSERT_FALSE(capability) << name;
    EXPECT_EQ(capability.error().failure, Failure::kConfig) << name;
    EXPECT_EQ(capability.error().object, "--cap-add") << name;
  }
}

TEST(ParseCapability, OffersTheNearestName) {
  const auto capability = parse_capability("--cap-drop", "CAP_NET_RWA");
  ASSERT_FALSE(capability);
  EXPECT_THAT(capability.error().hint, HasSubstr("net_raw"));
}

TEST(PrepareCapabilities, LeavesRootAloneWithoutACapabilityInThePolicy) {
  const auto result = prepare_for({}, Identity{});
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->has_value());
}

TEST(PrepareCapabilities, LeavesAnotherUserNothingButTheBoundingSet) {
  const auto result = prepare_for({}, Identity{.uid = 4711, .gid = 4711, .groups = {}});
  ASSERT_TRUE(result);
  ASSERT_TRUE(result->has_value());
  EXPECT_EQ((*result)->permitted, 0U);
  EXPECT_EQ((*result)->inheritable, 0U);
  EXPECT_EQ((*result)->ambient, 0U);
}

TEST(PrepareCapabilities, DropsAllFromEverySetOfRoot) {
  if (!privileged()) {
    GTEST_SKIP() << "needs root with CAP_SETPCAP";
  }
  const auto result = prepare_for({.cap_drop = {"all"}});
  ASSERT_TRUE(result);
  ASSERT_TRUE(result->has_value());
  EXPECT_EQ((*result)->bounding, 0U);
  EXPECT_EQ((*result)->permitted, 0U);
  EXPECT_EQ((*result)->ambient, 0U);
}

TEST(PrepareCapabilities, KeepsWhatIsAddedAlthoughAllIsDropped) {
  if (!privileged()) {
    GTEST_SKIP() << "needs root with CAP_SETPCAP";
  }
  const auto root = prepare_for({.cap_drop = {"ALL"}, .cap_add = {"chown", "KILL"}});
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)->permitted, bit(CAP_CHOWN) | bit(CAP_KILL));
  EXPECT_EQ((*root)->bounding, bit(CAP_CHOWN) | bit(CAP_KILL));
  EXPECT_EQ((*root)->ambient, 0U);
  const auto other = prepare_for({.cap_drop = {"ALL"}, .cap_add = {"chown"}},
                                 Identity{.uid = 1000, .gid = 1000, .groups = {}});
  ASSERT_TRUE(other);
  EXPECT_EQ((*other)->ambient, bit(CAP_CHOWN));
  EXPECT_EQ((*other)->inheritable, bit(CAP_CHOWN));
}

TEST(PrepareCapabilities, DropsNoMoreThanNamed) {
  if (!privileged()) {
    GTEST_SKIP() << "needs root with CAP_SETPCAP";
  }
  const auto result = prepare_for({.cap_drop = {"chown"}});
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)->bounding & bit(CAP_CHOWN), 0U);
  EXPECT_NE((*result)->bounding & bit(CAP_KILL), 0U);
  EXPECT_NE((*result)->permitted & bit(CAP_KILL), 0U);
}

TEST(PrepareCapabilities, DroppingForAnotherUserGivesItNothing) {
  if (!privileged()) {
    GTEST_SKIP() << "needs root with CAP_SETPCAP";
  }
  const auto result =
      prepare_for({.cap_drop = {"chown"}}, Identity{.uid = 1000, .gid = 1000, .groups = {}});
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)->permitted, 0U);
  EXPECT_EQ((*result)->ambient, 0U);
}

TEST(PrepareCapabilities, RefusesToAddAll) {
  const auto result = prepare_for({.cap_add = {"all"}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().failure, Failure::kConfig);
}

TEST(PrepareCapabilities, RefusesToAddWhatTheProcessHasNot) {
  EXPECT_EQ(unprivileged([] {
              const auto result = prepare_for({.cap_add = {"net_raw"}});
              return !result && result.error().failure == Failure::kConfine &&
                     result.error().problem.find("net_raw") != std::string::npos;
            }),
            0);
}

TEST(PrepareCapabilities, RefusesABoundingDropThatItCannotDo) {
  if (!privileged()) {
    GTEST_SKIP() << "the bounding set may be empty already";
  }
  EXPECT_EQ(unprivileged([] {
              const auto result = prepare_for({.cap_drop = {"ALL"}});
              return !result && result.error().failure == Failure::kConfine &&
                     result.error().hint.find("--no-new-privs") != std::string::npos;
            }),
            0);
}

TEST(PrepareCapabilities, TakesNoNewPrivsForABoundingDropOfAnotherUserThanRoot) {
  EXPECT_EQ(unprivileged([] {
              const auto result = prepare_for({.cap_drop = {"ALL"}}, std::nullopt, true);
              return result && result->has_value() && (*result)->permitted == 0;
            }),
            0);
  EXPECT_EQ(unprivileged([] {
              const bool set = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
              return set && prepare_for({.cap_drop = {"ALL"}}).has_value();
            }),
            0)
      << "inherited no_new_privs";
}

}  // namespace
}  // namespace indexrun::confine
