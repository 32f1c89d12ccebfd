// SPDX-License-Identifier: Apache-2.0
#include "launch/mode.h"

#include "process.h"

#include <optional>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;

Spec spec_of(Supervise supervise, bool timeout = false, bool grace = false) {
  Spec spec;
  spec.supervise = supervise;
  if (timeout) {
    spec.timeout = Milliseconds(1);
  }
  if (grace) {
    spec.grace = Milliseconds(1);
  }
  return spec;
}

TEST(ChooseMode, FollowsTheTable) {
  constexpr auto kAuto = Supervise::kAuto;
  constexpr auto kAlways = Supervise::kAlways;
  constexpr auto kNever = Supervise::kNever;
  const Circumstances nothing{};
  const Circumstances first{.first_process = true};
  const Circumstances message{.message_wanted = true};
  const Circumstances out_of_reach{.first_process = true, .child_out_of_reach = true};
  const Circumstances needed{.needed_by = "--map-exit"};
  struct Row {
    Spec spec;
    Circumstances circumstances;
    std::optional<Mode> expected;
    const char* what;
  };
  const Row rows[] = {
      {spec_of(kAuto), nothing, Mode::kExec, "nothing asks for a supervisor"},
      {spec_of(kAuto), first, Mode::kSupervise, "PID 1"},
      {spec_of(kAuto), message, Mode::kSupervise, "a message is to be written"},
      {spec_of(kAuto, true), nothing, Mode::kSupervise, "--timeout"},
      {spec_of(kAuto, false, true), nothing, Mode::kSupervise, "--grace"},
      {spec_of(kAuto), needed, Mode::kSupervise, "another stage's option"},
      {spec_of(kAuto), out_of_reach, Mode::kExec, "PID 1, but the child is out of reach"},
      {spec_of(kAuto, true), out_of_reach, std::nullopt, "--timeout for a child out of reach"},
      {spec_of(kAlways), nothing, Mode::kSupervise, "always"},
      {spec_of(kAlways), out_of_reach, std::nullopt, "always, with the child out of reach"},
      {spec_of(kNever), first, Mode::kExec, "never, as PID 1"},
      {spec_of(kNever), message, Mode::kExec, "never, with a message file"},
      {spec_of(kNever, true), nothing, std::nullopt, "never with --timeout"},
      {spec_of(kNever, false, true), nothing, std::nullopt, "never with --grace"},
      {spec_of(kNever), needed, std::nullopt, "never with another stage's option"},
  };
  for (const Row& row : rows) {
    const auto mode = choose_mode(row.spec, row.circumstances);
    if (row.expected) {
      ASSERT_TRUE(mode) << row.what;
      EXPECT_EQ(*mode, *row.expected) << row.what;
    } else {
      ASSERT_FALSE(mode) << row.what;
      EXPECT_EQ(mode.error().failure, Failure::kConfig) << row.what;
      EXPECT_FALSE(mode.error().hint.empty()) << row.what;
    }
  }
}

TEST(ChooseMode, NamesTheOptionThatNeedsASupervisor) {
  const auto mode = choose_mode(spec_of(Supervise::kNever), {.needed_by = "--map-exit"});
  ASSERT_FALSE(mode);
  EXPECT_THAT(mode.error().problem, HasSubstr("--map-exit"));
}

TEST(Circumstances, AChildOfTheSameUserIsWithinReach) {
  confine::Prepared prepared;
  prepared.identity = confine::Identity{.uid = ::getuid(), .gid = 1, .groups = {}};
  EXPECT_FALSE(circumstances(false, prepared).child_out_of_reach);
  EXPECT_FALSE(circumstances(false, {}).child_out_of_reach);
}

TEST(Circumstances, AnotherUsersChildIsOutOfReachWithoutThePrivilege) {
  const auto ended = testing::run([] {
    if (::geteuid() == 0 && ::setuid(1000) != 0) {
      return 2;
    }
    confine::Prepared prepared;
    prepared.identity = confine::Identity{.uid = ::getuid() + 1, .gid = 1, .groups = {}};
    return circumstances(false, prepared).child_out_of_reach ? 0 : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
}

}  // namespace
}  // namespace indexrun::launch
