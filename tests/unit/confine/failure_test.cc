// SPDX-License-Identifier: Apache-2.0
#include "confine/failure.h"

#include <cerrno>

#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

Prepared with_user() {
  Prepared prepared;
  prepared.identity = Identity{.uid = 1000, .gid = 1000, .groups = {}};
  return prepared;
}

TEST(Failure, NamesTheOptionAndTheSystemError) {
  const Error error = failure(with_user(), {Step::kUid, EPERM});
  EXPECT_EQ(error.failure, Failure::kConfine);
  EXPECT_EQ(error.message(), "confine: --user: cannot change the user id: Operation not permitted");
  EXPECT_THAT(error.hint, HasSubstr("CAP_SETUID"));
}

TEST(Failure, ExplainsAnUnmappedId) {
  EXPECT_THAT(failure(with_user(), {Step::kGid, EINVAL}).hint, HasSubstr("not mapped"));
  EXPECT_THAT(failure(with_user(), {Step::kUid, EINVAL}).hint, HasSubstr("not mapped"));
}

TEST(Failure, TellsHowToKeepTheGroup) {
  EXPECT_THAT(failure(with_user(), {Step::kGid, EPERM}).hint, HasSubstr("--user 1000:"));
}

TEST(Failure, TellsWhoHasTheOneListener) {
  EXPECT_THAT(failure(with_user(), {Step::kListener, EBUSY}).hint,
              HasSubstr("listener of its own"));
}

TEST(Failure, HasWordsForEveryStep) {
  for (int number = 1; number <= static_cast<int>(Step::kSeccomp); ++number) {
    const auto step = static_cast<Step>(number);
    const Error error = failure(with_user(), {step, EPERM});
    EXPECT_FALSE(error.object.empty()) << describe(step);
    EXPECT_FALSE(error.problem.empty());
  }
}

TEST(Failure, NamesTheLimitAndTheDescriptor) {
  EXPECT_THAT(failure({}, {Step::kLimit, EPERM, RLIMIT_NOFILE}).message(), HasSubstr("nofile: "));
  EXPECT_THAT(failure({}, {Step::kVerifyDescriptors, 0, 7}).message(), HasSubstr("7: "));
}

}  // namespace
}  // namespace indexrun::confine
