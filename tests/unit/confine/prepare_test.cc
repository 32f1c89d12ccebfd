// SPDX-License-Identifier: Apache-2.0
#include "confine/prepare.h"

#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

TEST(Prepare, AnEmptyPolicyChangesNothing) {
  const auto prepared = prepare({});
  ASSERT_TRUE(prepared);
  EXPECT_TRUE(prepared->empty());
}

TEST(Prepare, SeccompImpliesNoNewPrivs) {
  Policy policy;
  policy.seccomp_deny = {"ptrace"};
  const auto prepared = prepare(policy);
  ASSERT_TRUE(prepared);
  EXPECT_TRUE(prepared->no_new_privs);
  EXPECT_FALSE(prepared->filters.empty());
}

TEST(Prepare, NoNewPrivsAloneIsAllThereIs) {
  Policy policy;
  policy.no_new_privs = true;
  const auto prepared = prepare(policy);
  ASSERT_TRUE(prepared);
  EXPECT_TRUE(prepared->no_new_privs);
  EXPECT_FALSE(prepared->identity);
  EXPECT_FALSE(prepared->capabilities);
  EXPECT_TRUE(prepared->filters.empty());
}

TEST(Prepare, JudgesEveryPart) {
  Policy user;
  user.user = "no such user";
  Policy drop;
  drop.cap_drop = {"chow"};
  Policy add;
  add.cap_add = {"chow"};
  Policy deny;
  deny.seccomp_deny = {"chow"};
  for (const Policy& policy : {user, drop, add, deny}) {
    const auto prepared = prepare(policy);
    ASSERT_FALSE(prepared);
    EXPECT_EQ(prepared.error().failure, Failure::kConfig);
    EXPECT_EQ(prepared.error().stage, "confine");
    EXPECT_FALSE(prepared.error().hint.empty());
  }
}

}  // namespace
}  // namespace indexrun::confine
