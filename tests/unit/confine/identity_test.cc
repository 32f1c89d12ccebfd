// SPDX-License-Identifier: Apache-2.0
#include "confine/identity.h"

#include "base/file.h"

#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// An image's two files in a directory of their own.
class Image : public ::testing::Test {
 protected:
  Image() {
    EXPECT_NE(::mkdtemp(directory_.data()), nullptr);
    paths.passwd = directory_ + "/passwd";
    paths.group = directory_ + "/group";
    write(paths.passwd,
          "root:x:0:0:root:/root:/bin/sh\n"
          "app:x:1234:5678:An app:/home/app:/bin/sh\n"
          "solo:x:77:77::/:\n");
    write(paths.group,
          "root:x:0:\n"
          "app:x:5678:\n"
          "audio:x:29:other,app\n"
          "video:x:44:app\n"
          "apple:x:45:apple\n");
  }
  ~Image() override {
    ::unlink(paths.passwd.c_str());
    ::unlink(paths.group.c_str());
    ::rmdir(directory_.c_str());
  }

  static void write(const std::string& path, std::string_view text) {
    const UniqueFd file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ASSERT_EQ(write_fully(file.get(), text), 0);
  }

  [[nodiscard]] Result<Identity> user(const std::string& text) const {
    return resolve_identity({.user = text}, paths);
  }

  AccountPaths paths;

 private:
  std::string directory_ = ::testing::TempDir() + "accountsXXXXXX";
};

void expect(const Result<Identity>& identity, uid_t uid, gid_t gid, std::vector<gid_t> groups) {
  ASSERT_TRUE(identity) << identity.error().message();
  EXPECT_EQ(identity->uid, uid);
  EXPECT_EQ(identity->gid, gid);
  EXPECT_EQ(identity->groups, groups);
}

TEST_F(Image, ANumberIsOnlyANumber) {
  expect(user("1234:5678"), 1234, 5678, {});
  expect(user("1234"), 1234, 1234, {});
  expect(user("4294967294:0"), 4294967294U, 0, {});
}

TEST_F(Image, ANumberNeedsNoFiles) {
  paths = {"/nonexistent/passwd", "/nonexistent/group"};
  expect(user("1234"), 1234, 1234, {});
}

TEST_F(Image, ANameComesWithItsGroups) {
  expect(user("app"), 1234, 5678, {5678, 29, 44});
  expect(user("solo"), 77, 77, {77});
}

TEST_F(Image, AGivenGroupIsTheOnlyOne) {
  expect(user("app:audio"), 1234, 29, {});
  expect(user("app:9"), 1234, 9, {});
  expect(user("42:audio"), 42, 29, {});
}

TEST_F(Image, GroupsReplaceThoseOfTheName) {
  expect(resolve_identity({.user = "app", .groups = "10,video,10"}, paths), 1234, 5678, {10, 44});
  expect(resolve_identity({.user = "app", .groups = ""}, paths), 1234, 5678, {});
  expect(resolve_identity({.user = "1:2", .groups = "none"}, paths), 1, 2, {});
}

TEST_F(Image, GroupsAloneLeaveTheUser) {
  expect(resolve_identity({.groups = "7"}, paths), ::geteuid(), ::getegid(), {7});
}

TEST_F(Image, TheGroupFileIsReadOnlyForAName) {
  paths.group = "/nonexistent/group";
  expect(user("app:5"), 1234, 5, {});
  expect(resolve_identity({.user = "app", .groups = "1"}, paths), 1234, 5678, {1});
  const auto identity = user("app");
  ASSERT_FALSE(identity);
  EXPECT_THAT(identity.error().message(), HasSubstr("no such file"));
}

TEST_F(Image, AMissingFileSaysSo) {
  paths.passwd = "/nonexistent/passwd";
  const auto identity = user("app");
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().failure, Failure::kConfig);
  EXPECT_THAT(identity.error().message(), HasSubstr("/nonexistent/passwd"));
  EXPECT_THAT(identity.error().hint, HasSubstr("numeric"));
}

TEST_F(Image, ANearMissIsNamed) {
  EXPECT_EQ(user("sola").error().hint, "did you mean 'solo'?");
  EXPECT_EQ(user("app:adio").error().hint, "did you mean 'audio'?");
}

TEST_F(Image, ThereAreNotMoreGroupsThanCanBeReadBack) {
  std::string many = "0";
  for (std::size_t group = 1; group < kMostGroups; ++group) {
    many += "," + std::to_string(group);
  }
  EXPECT_TRUE(resolve_identity({.groups = many}, paths));
  const auto identity = resolve_identity({.groups = many + ",100000"}, paths);
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().object, "--groups");
}

TEST_F(Image, OnlyANameIsALogin) {
  const auto login = find_login({.user = "app:audio"}, paths);
  ASSERT_TRUE(login);
  ASSERT_TRUE(*login);
  EXPECT_EQ((*login)->name, "app");
  EXPECT_EQ((*login)->home, "/home/app");
  EXPECT_FALSE(*find_login({.user = "1234"}, paths));
  EXPECT_FALSE(*find_login({}, paths));
}

struct Bad {
  const char* user;
  const char* groups;
  const char* what;
};

class BadIdentity : public ::testing::TestWithParam<Bad> {};

TEST_P(BadIdentity, IsAConfigError) {
  Policy policy;
  if (GetParam().user != nullptr) {
    policy.user = GetParam().user;
  }
  if (GetParam().groups != nullptr) {
    policy.groups = GetParam().groups;
  }
  const auto identity = resolve_identity(policy, {"/dev/null", "/dev/null"});
  ASSERT_FALSE(identity) << GetParam().what;
  EXPECT_EQ(identity.error().failure, Failure::kConfig);
  EXPECT_THAT(identity.error().hint, HasSubstr("numeric"));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadIdentity,
    ::testing::Values(
        Bad{"", nullptr, "empty"}, Bad{"nobody", nullptr, "an unknown name"},
        Bad{"1000:users", nullptr, "an unknown group"}, Bad{"1000:", nullptr, "an empty group"},
        Bad{":1000", nullptr, "an empty user"}, Bad{"1:2:3", nullptr, "three parts"},
        Bad{"-1", nullptr, "a sign"}, Bad{"+1", nullptr, "a plus"}, Bad{" 1", nullptr, "a blank"},
        Bad{"0x10", nullptr, "hexadecimal"}, Bad{"1.0", nullptr, "a fraction"},
        Bad{"0042", nullptr, "leading zeros"}, Bad{"00", nullptr, "zero twice"},
        Bad{"4294967295", nullptr, "the number that means unchanged"},
        Bad{"18446744073709551616", nullptr, "more than 64 bits"},
        Bad{"1000:4294967296", nullptr, "a group beyond 32 bits"},
        Bad{nullptr, "1,,2", "an empty element"}, Bad{nullptr, "1,", "an empty last element"},
        Bad{nullptr, "1,nobody", "an unknown name"}, Bad{nullptr, "01", "leading zeros"},
        Bad{nullptr, "1,none", "none beside another"}));

}  // namespace
}  // namespace indexrun::confine
