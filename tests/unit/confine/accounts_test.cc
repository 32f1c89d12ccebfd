// SPDX-License-Identifier: Apache-2.0
#include "confine/accounts.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kOption = "--user";

Result<Account> user(std::string text, std::string_view name) {
  return find_account({"passwd", std::move(text)}, name, kOption);
}

Result<gid_t> group(std::string text, std::string_view name) {
  return find_group({"group", std::move(text)}, name, kOption);
}

void expect(const Result<Account>& account, uid_t uid, gid_t gid, std::string_view home) {
  ASSERT_TRUE(account) << account.error().message();
  EXPECT_EQ(account->uid, uid);
  EXPECT_EQ(account->gid, gid);
  EXPECT_EQ(account->home, home);
}

TEST(Accounts, ALineEndsInLfOrCrlfOrNothing) {
  expect(user("a:x:1:2::/a:/sh\nb:x:3:4::/b:/sh\n", "b"), 3, 4, "/b");
  expect(user("a:x:1:2::/a:/sh\r\nb:x:3:4::/b\r\n", "b"), 3, 4, "/b");
  expect(user("a:x:1:2::/a:/sh\nb:x:3:4::/b:/sh", "b"), 3, 4, "/b");
  expect(user("a:x:1:2::/a\nb:x:3:4::/b", "a"), 1, 2, "/a");
}

TEST(Accounts, BlankLinesCommentsAndNisNameNobody) {
  const std::string text = "\n  \n# app:x:1:1\n+app:x:2:2:::\n-app\n+::::::\napp:x:3:4::/:\n";
  expect(user(text, "app"), 3, 4, "/");
  EXPECT_FALSE(user(text, "+app"));
  EXPECT_FALSE(user(text, "-app"));
  EXPECT_FALSE(user(text, "+"));
  EXPECT_FALSE(user(text, "# app"));
}

TEST(Accounts, OfTwoLinesTheFirstHolds) {
  expect(user("a:x:1:2::/one:\na:x:3:4::/two:\n", "a"), 1, 2, "/one");
}

TEST(Accounts, ALineMayBeVeryLong) {
  const std::string comment(1'000'000, 'c');
  expect(user("a:x:1:1:" + comment + ":/a:\nb:x:3:4:" + comment + ":/b:\n", "b"), 3, 4, "/b");
}

TEST(Accounts, AHomeThatIsNotThereIsTheRoot) {
  expect(user("a:x:1:2\n", "a"), 1, 2, "/");
  expect(user("a:x:1:2:::\n", "a"), 1, 2, "/");
}

TEST(Accounts, AMalformedLineOfTheNameIsAnError) {
  for (const char* text :
       {"a\n", "a:x:1\n", "a:x:one:1::/:\n", "a:x::1::/:\n", "a:x:1:-1::/:\n", "a:x:01:1::/:\n",
        "a:x:4294967295:1::/:\n", "a:x:1:18446744073709551617::/:\n", "a x 1 1\na\n"}) {
    const auto account = user(text, "a");
    ASSERT_FALSE(account) << text;
    EXPECT_EQ(account.error().failure, Failure::kConfig);
    EXPECT_THAT(account.error().message(), HasSubstr("malformed")) << text;
  }
  EXPECT_FALSE(user(std::string("a:x:1:1::/h\0ome:\n", 17), "a"));
  EXPECT_THAT(user("b:x:1:1\n\na:x:q:1\n", "a").error().problem, HasSubstr("passwd:3:"));
}

TEST(Accounts, AMalformedLineOfAnotherNameIsNone) {
  expect(user("junk\n:::::\nz:x:q:q\na:x:1:2::/a:\n", "a"), 1, 2, "/a");
}

TEST(Accounts, AnUnknownNameGetsANearMiss) {
  const auto account = user("worker:x:1:1::/:\n", "wroker");
  ASSERT_FALSE(account);
  EXPECT_EQ(account.error().message(), "confine: --user: passwd has no user 'wroker'");
  EXPECT_EQ(account.error().hint, "did you mean 'worker'?");
}

TEST(Accounts, AGroupIsFoundByItsName) {
  EXPECT_EQ(*group("a:x:1:\nb:x:2:u,v\r\n", "b"), 2U);
  EXPECT_EQ(*group("b:x:2", "b"), 2U);
  EXPECT_FALSE(group("b:x:two:\n", "b"));
  EXPECT_FALSE(group("b\n", "b"));
  EXPECT_FALSE(group("", "b"));
}

TEST(Accounts, AMemberIsAWholeName) {
  const AccountFile file{"group",
                         "a:x:1:me\nb:x:2:you,me\nc:x:3:mean,tome\nd:x:2:me\ne:x:5:me\r\n"};
  EXPECT_THAT(*groups_with(file, "me", kOption), ElementsAre(1, 2, 5));
  EXPECT_THAT(*groups_with(file, "nobody", kOption), ElementsAre());
}

TEST(Accounts, AMalformedGroupWithTheMemberIsNotLostSilently) {
  const AccountFile file{"group", "a:x:1:me\nb:x:two:me\n"};
  EXPECT_FALSE(groups_with(file, "me", kOption));
  EXPECT_TRUE(groups_with({"group", "b:x:two:you\na:x:1:me\n"}, "me", kOption));
}

}  // namespace
}  // namespace indexrun::confine
