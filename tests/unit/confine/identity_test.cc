// SPDX-License-Identifier: Apache-2.0
#include "confine/identity.h"

#include <cerrno>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

TEST(ParseIdentity, TakesUserAndGroupAndClearsSupplementaryGroups) {
  const auto identity = parse_identity("1234:5678");
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->uid, 1234U);
  EXPECT_EQ(identity->gid, 5678U);
  EXPECT_TRUE(identity->groups.empty());
}

TEST(ParseIdentity, GivesTheGroupTheNumberOfTheUserByDefault) {
  const auto identity = parse_identity("1000");
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->uid, 1000U);
  EXPECT_EQ(identity->gid, 1000U);
}

TEST(ParseIdentity, TakesTheHighestId) {
  const auto identity = parse_identity("4294967294:0");
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->uid, 4294967294U);
  EXPECT_EQ(identity->gid, 0U);
}

TEST(OutOfReach, NothingIsForTheOwnIds) {
  EXPECT_FALSE(out_of_reach({.uid = ::getuid(), .gid = ::getgid(), .groups = {}}).any());
}

// In a child: what is given up does not come back.
TEST(OutOfReach, AnotherUserIsWithoutTheCapability) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    const bool dropped = ::getuid() != 0 || ::setresuid(4711, 4711, 4711) == 0;
    const Failed failed = out_of_reach({.uid = 4712, .gid = ::getgid(), .groups = {}});
    ::_exit(dropped && failed.step == Step::kUid && failed.error == EPERM ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

struct Bad {
  const char* text;
  const char* what;
};

class BadIdentity : public ::testing::TestWithParam<Bad> {};

TEST_P(BadIdentity, IsAConfigError) {
  const auto identity = parse_identity(GetParam().text);
  ASSERT_FALSE(identity) << GetParam().what;
  EXPECT_EQ(identity.error().failure, Failure::kConfig);
  EXPECT_THAT(identity.error().hint, HasSubstr("numeric"));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadIdentity,
    ::testing::Values(Bad{"", "empty"}, Bad{"nobody", "a name"}, Bad{"1000:users", "a group name"},
                      Bad{"1000:", "an empty group"}, Bad{":1000", "an empty user"},
                      Bad{"1:2:3", "three parts"}, Bad{"-1", "a sign"}, Bad{"+1", "a plus"},
                      Bad{" 1", "a blank"}, Bad{"0x10", "hexadecimal"}, Bad{"1.0", "a fraction"},
                      Bad{"0042", "leading zeros"}, Bad{"00", "zero twice"},
                      Bad{"4294967295", "the number that means unchanged"},
                      Bad{"18446744073709551616", "more than 64 bits"},
                      Bad{"1000:4294967296", "a group beyond 32 bits"}));

}  // namespace
}  // namespace indexrun::confine
