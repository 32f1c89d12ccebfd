// SPDX-License-Identifier: Apache-2.0
#include "options/descriptors.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

confine::Policy policy(const Words& line, std::string_view variable = {}) {
  Words words{"--index", "0", "--item", "a"};
  words.insert(words.end(), line.begin(), line.end());
  words.emplace_back("true");
  auto options = read_line(words, variable);
  EXPECT_TRUE(options) << error_of(options);
  return options ? options->confine : confine::Policy{};
}

TEST(Descriptors, NothingIsClosedUnlessAsked) {
  EXPECT_FALSE(policy({}).close_fds);
  EXPECT_TRUE(policy({"--close-fds"}).close_fds);
  EXPECT_TRUE(policy({"--keep-fd", "3"}).close_fds);
}

TEST(Descriptors, ALevelKeepsWhatItNamesOnce) {
  EXPECT_THAT(policy({"--keep-fd", "7,3", "--keep-fd", "7", "--close-fds"}).keep_fds,
              ElementsAre(7, 3));
}

TEST(Descriptors, WhatEveryClosingLevelKeepsIsKept) {
  EXPECT_THAT(policy({"--keep-fd", "7"}, "--keep-fd 5,7").keep_fds, ElementsAre(7));
  EXPECT_THAT(policy({"--close-fds"}, "--keep-fd 5").keep_fds, IsEmpty());
  EXPECT_THAT(policy({}, "--keep-fd 5").keep_fds, ElementsAre(5));
}

TEST(Descriptors, AWeakerLevelIsNotLoosened) {
  const auto options =
      read_line({"--index", "0", "--item", "a", "--keep-fd", "7", "true"}, "--close-fds");
  EXPECT_THAT(error_of(options), HasSubstr("7 is closed by INDEXRUN_OPTIONS"));
}

}  // namespace
}  // namespace indexrun::options
