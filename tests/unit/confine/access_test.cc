// SPDX-License-Identifier: Apache-2.0
// Every promise against every kernel: refused, or told as lost, and never silently less.
#include "confine/access.h"

#include "base/log.h"
#include "confine/landlock_kernel.h"

#include <cerrno>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

AccessPolicy paths() {
  return {.paths = true};
}

/// The messages of a best-effort preparation.
std::string told(AccessPolicy policy, const LandlockKernel& kernel) {
  policy.best_effort = true;
  std::string lines;
  log::divert(&lines);
  const auto prepared = prepare_access(policy, kernel);
  log::divert(nullptr);
  EXPECT_TRUE(prepared);
  return lines;
}

TEST(Access, NothingAskedNothingPrepared) {
  const auto prepared = prepare_access({.best_effort = true}, {.abi = 0, .error = ENOSYS});
  ASSERT_TRUE(prepared);
  EXPECT_FALSE(prepared->has_value());
}

struct Row {
  const char* name;
  AccessPolicy policy;
  int least;         // the first ABI that keeps it all
  const char* lost;  // with the ABI before that
};

const Row kRows[] = {
    {"paths", {.paths = true}, 5, "devices that may only be read can be controlled"},
    {"bind", {.tcp_bind = {{80}}}, 4, "any TCP port can be listened at"},
    {"connect", {.tcp_connect = {{}}}, 4, "any TCP port can be connected to"},
    {"signal", {.scope_signal = true}, 6, "processes outside can be sent signals"},
    {"unix", {.scope_abstract_unix = true}, 6, "abstract unix sockets outside"},
};

TEST(Access, IsRefusedBelowTheFirstKernelThatKeepsIt) {
  for (const Row& row : kRows) {
    for (int abi = 1; abi <= 7; ++abi) {
      const auto prepared = prepare_access(row.policy, {.abi = abi});
      ASSERT_EQ(prepared.has_value(), abi >= row.least) << row.name << " with ABI " << abi;
      if (!prepared) {
        EXPECT_EQ(prepared.error().failure, Failure::kConfine);
        EXPECT_THAT(prepared.error().hint, HasSubstr("--landlock best-effort"));
        EXPECT_THAT(prepared.error().message(),
                    HasSubstr("this kernel has " + std::to_string(abi)));
        EXPECT_THAT(told(row.policy, {.abi = abi}), HasSubstr("not kept")) << row.name;
      } else {
        EXPECT_EQ(told(row.policy, {.abi = abi}), "") << row.name;
      }
    }
    EXPECT_THAT(told(row.policy, {.abi = row.least - 1}), HasSubstr(row.lost)) << row.name;
  }
}

TEST(Access, EachLostPromiseIsToldByItself) {
  const std::string one = told(paths(), {.abi = 1});
  EXPECT_THAT(one, HasSubstr("from one directory to another"));
  EXPECT_THAT(one, HasSubstr("truncate(2)"));
  EXPECT_THAT(one, HasSubstr("ioctl(2)"));
  const std::string two = told(paths(), {.abi = 2});
  EXPECT_THAT(two, Not(HasSubstr("from one directory to another")));
  EXPECT_THAT(two, HasSubstr("truncate(2)"));
}

TEST(Access, WhyThereIsNoneIsTold) {
  struct Reason {
    int error;
    const char* text;
  };
  for (const Reason& reason :
       {Reason{ENOSYS, "this kernel has no Landlock"}, Reason{EOPNOTSUPP, "switched off"},
        Reason{EPERM, "a system call filter"}}) {
    for (const Row& row : kRows) {
      const auto prepared = prepare_access(row.policy, {.abi = 0, .error = reason.error});
      ASSERT_FALSE(prepared) << row.name;
      EXPECT_EQ(prepared.error().failure, Failure::kConfine);
      EXPECT_THAT(prepared.error().message(), HasSubstr(reason.text));
    }
    const std::string lines = told(paths(), {.abi = 0, .error = reason.error});
    EXPECT_THAT(lines, HasSubstr("files are not confined at all"));
    EXPECT_THAT(lines, HasSubstr(reason.text));
    EXPECT_THAT(lines, Not(HasSubstr("truncate"))) << "goes without saying";
  }
}

TEST(Access, OnlyWhatTheKernelKnowsIsHandled) {
  AccessPolicy all{.paths = true,
                   .tcp_bind = {{}},
                   .tcp_connect = {{}},
                   .scope_signal = true,
                   .scope_abstract_unix = true,
                   .best_effort = true};
  std::string lines;
  log::divert(&lines);
  const std::uint64_t files[] = {0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff, 0xffff, 0xffff};
  for (int abi = 0; abi <= 7; ++abi) {
    const auto prepared = prepare_access(all, {.abi = abi, .error = abi == 0 ? ENOSYS : 0});
    ASSERT_TRUE(prepared);
    ASSERT_TRUE(*prepared);
    const Landlock& landlock = **prepared;
    EXPECT_TRUE(landlock.paths);
    EXPECT_EQ(landlock.files, files[abi]) << abi;
    EXPECT_EQ(landlock.tcp, abi >= 4 ? 3U : 0U) << abi;
    EXPECT_EQ(landlock.scopes, abi >= 6 ? 3U : 0U) << abi;
    EXPECT_EQ(landlock.handles(), abi > 0) << abi;
  }
  log::divert(nullptr);
}

TEST(Access, WhatIsNotAskedIsLeftAlone) {
  const auto prepared = prepare_access({.tcp_connect = {{443}}}, {.abi = 7});
  ASSERT_TRUE(prepared);
  const Landlock& landlock = **prepared;
  EXPECT_EQ(landlock.files, 0U);
  EXPECT_EQ(landlock.tcp, landlock::kConnectTcp);
  EXPECT_EQ(landlock.scopes, 0U);
  EXPECT_FALSE(landlock.paths);
  EXPECT_THAT(landlock.connect, testing::ElementsAre(443));
}

TEST(Access, ThePresetTakesWhatThereIs) {
  const AccessPolicy batch{.batch = true};
  std::string lines;
  log::divert(&lines);
  const auto none = prepare_access(batch, {.abi = 0, .error = ENOSYS});
  const auto added = prepare_access({.paths = true, .batch = true}, {.abi = 2});
  log::divert(nullptr);
  ASSERT_TRUE(none);
  EXPECT_TRUE((*none)->paths);
  EXPECT_TRUE((*none)->batch);
  EXPECT_TRUE(added) << "--rw only adds";
  EXPECT_THAT(lines, HasSubstr("--confine: not kept: files are not confined at all"));
  EXPECT_THAT(lines, HasSubstr("--confine: not kept: files that may only be read can be cut off"));
  EXPECT_FALSE(prepare_access({.batch = true, .best_effort = false}, {.abi = 4}));
  EXPECT_FALSE(prepare_access({.paths = true, .narrows = true, .batch = true}, {.abi = 4}));
  EXPECT_FALSE(prepare_access({.batch = true, .tcp_bind = {{}}}, {.abi = 3}));
}

}  // namespace
}  // namespace indexrun::confine
