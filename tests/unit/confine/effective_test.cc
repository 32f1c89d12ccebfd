// SPDX-License-Identifier: Apache-2.0
// What is left after execve(2), in the cases that need rights to try; blackbox/explain_test.cc asks
// the kernel.
#include "confine/effective.h"

#include "confine/prepare.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using testing::ElementsAre;

constexpr std::uint64_t kAll = (1ULL << 41) - 1;
constexpr std::uint64_t kRaw = 1ULL << CAP_NET_RAW;
constexpr std::uint64_t kBind = 1ULL << CAP_NET_BIND_SERVICE;

Present of_user(uid_t uid, std::uint64_t held) {
  Present present;
  present.uid.fill(uid);
  present.gid.fill(uid);
  present.last_capability = 40;
  present.capabilities = {
      .bounding = kAll, .permitted = held, .effective = held, .inheritable = 0, .ambient = 0};
  return present;
}

TEST(AfterStart, RootHasItsBoundingSetAgain) {
  Present root = of_user(0, kRaw);
  root.capabilities.bounding = kRaw | kBind;
  const Present left = after_start(root, {});
  EXPECT_EQ(left.capabilities.permitted, kRaw | kBind);
  EXPECT_EQ(left.capabilities.effective, kRaw | kBind);
}

TEST(AfterStart, RootGainsNothingWithoutNewPrivileges) {
  Present root = of_user(0, kRaw);
  Prepared prepared;
  prepared.no_new_privs = true;
  const Present left = after_start(root, prepared);
  EXPECT_TRUE(left.no_new_privs);
  EXPECT_EQ(left.capabilities.permitted, kRaw);
  EXPECT_EQ(left.capabilities.bounding, kAll);
}

TEST(AfterStart, NorootMakesRootAUserLikeOthers) {
  Prepared prepared;
  prepared.securebits = SECBIT_NOROOT | SECBIT_KEEP_CAPS;
  prepared.capabilities = {
      .bounding = kAll, .permitted = kBind, .inheritable = kBind, .ambient = kBind, .last = 40};
  const Present left = after_start(of_user(0, kAll), prepared);
  EXPECT_EQ(left.capabilities.permitted, kBind);
  EXPECT_EQ(left.securebits, static_cast<unsigned>(SECBIT_NOROOT)) << "execve clears keep-caps";
}

TEST(AfterStart, AnotherUserHasWhatIsAmbient) {
  Prepared prepared;
  prepared.identity = {.uid = 7, .gid = 8, .groups = {30, 10, 20}};
  prepared.capabilities = {
      .bounding = kRaw, .permitted = kRaw, .inheritable = kRaw, .ambient = kRaw, .last = 40};
  const Present left = after_start(of_user(0, kAll), prepared);
  EXPECT_THAT(left.uid, ElementsAre(7, 7, 7, 7));
  EXPECT_THAT(left.gid, ElementsAre(8, 8, 8, 8));
  EXPECT_THAT(left.groups, ElementsAre(10, 20, 30));
  EXPECT_EQ(left.capabilities.permitted, kRaw);
  EXPECT_EQ(left.capabilities.effective, kRaw);
  EXPECT_EQ(left.capabilities.bounding, kRaw);
}

TEST(AfterStart, WhatIsOnlyPermittedIsLost) {
  const Present left = after_start(of_user(1000, kRaw), {});
  EXPECT_EQ(left.capabilities.permitted, 0U);
  EXPECT_EQ(left.capabilities.effective, 0U);
  EXPECT_EQ(left.capabilities.ambient, 0U);
}

TEST(AfterStart, AnEffectiveIdThatWasSetTakesTheAmbientSet) {
  Present present = of_user(1000, kRaw);
  present.capabilities.inheritable = present.capabilities.ambient = kRaw;
  present.uid = {1000, 1001, 1001, 1001};
  EXPECT_EQ(after_start(present, {}).capabilities.ambient, 0U);
  EXPECT_EQ(after_start(present, {}).uid[3], 1001U);
  present.no_new_privs = true;
  EXPECT_THAT(after_start(present, {}).uid, ElementsAre(1000, 1000, 1000, 1000));
}

TEST(AfterStart, LimitsReplaceWhatIsInherited) {
  Present present = of_user(1000, 0);
  present.limits = {{RLIMIT_CPU, 1, 2}, {RLIMIT_NOFILE, 3, 4}};
  present.descriptors = {{0, 1, 2, 5, 9}};
  present.oom_score_adj = 0;
  Prepared prepared;
  prepared.resources.limits = {{RLIMIT_NOFILE, 30, 40}};
  prepared.resources.umask = 077;
  prepared.resources.oom_score_adj = "-17";
  prepared.descriptors = Descriptors{.keep = {9}};
  const Present left = after_start(present, prepared);
  EXPECT_EQ(left.limits[0].hard, 2U);
  EXPECT_EQ(left.limits[1].soft, 30U);
  EXPECT_EQ(left.umask, 077U);
  EXPECT_EQ(left.oom_score_adj, -17);
  EXPECT_THAT(*left.descriptors, ElementsAre(0, 1, 2, 9));
}

/// Without what changes by itself.
std::string status() {
  std::ifstream file("/proc/self/status");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("Vm") && !line.starts_with("Rss") && !line.starts_with("SigQ") &&
        line.find("ctxt") == line.npos) {
      text += line + "\n";
    }
  }
  return text;
}

TEST(EffectiveConfinement, AskingChangesNothing) {
  Policy policy;
  policy.no_new_privs = true;
  policy.seccomp_deny = {"@mount"};
  policy.umask = 077;
  policy.nice = 19;
  const std::string before = status();
  const Result<Prepared> prepared = prepare(policy);
  ASSERT_TRUE(prepared);
  const Result<Effective> left = effective(policy, *prepared);
  ASSERT_TRUE(left) << left.error().problem;
  EXPECT_EQ(status(), before);
  EXPECT_TRUE(left->state.no_new_privs);
  EXPECT_EQ(left->state.nice, 19);
  EXPECT_EQ(left->filters.size(), 1U);
  EXPECT_FALSE(left->landlock_abi);
}

TEST(EffectiveConfinement, APromiseIsKeptFromItsAbiOn) {
  AccessPolicy policy;
  policy.paths = true;
  policy.scope_signal = true;
  for (const int abi : {0, 1, 5, 6, 9}) {
    const std::vector<Promise> all = promises(policy, abi);
    EXPECT_EQ(all.size(), 5U) << "four of files, one of signals";
    for (const Promise& promise : all) {
      EXPECT_EQ(promise.kept, abi >= promise.abi) << promise.holds << abi;
    }
  }
  EXPECT_TRUE(promises({}, 9).empty());
}

}  // namespace
}  // namespace indexrun::confine
