// SPDX-License-Identifier: Apache-2.0
#include "options/roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::HasSubstr;

Result<items::Role> role(std::string text) {
  Setting setting;
  setting.option = &option(Id::kRole);
  setting.values[0] = std::move(text);
  return role_value(setting);
}

TEST(RoleValue, IsARangeAndAName) {
  struct Row {
    const char* text;
    std::uint64_t first;
    std::uint64_t last;
    const char* name;
  };
  const Row rows[] = {
      {"0=master", 0, 0, "master"},
      {"1..=worker", 1, UINT64_MAX, "worker"},
      {"1..4=Worker_2.a-b", 1, 4, "Worker_2.a-b"},
      {"007=james", 7, 7, "james"},
      {"3..3=x", 3, 3, "x"},
      {"0..18446744073709551615=all", 0, UINT64_MAX, "all"},
  };
  for (const Row& row : rows) {
    const auto result = role(row.text);
    ASSERT_TRUE(result) << row.text << ": " << result.error().message();
    EXPECT_EQ(result->first, row.first) << row.text;
    EXPECT_EQ(result->last, row.last) << row.text;
    EXPECT_EQ(result->name, row.name) << row.text;
  }
}

TEST(RoleValue, RefusesAnythingElse) {
  const std::pair<const char*, const char*> rows[] = {
      {"master", "found 'master', expected RANGE=NAME, such as 0=master or 1..=worker"},
      {"0", "expected RANGE=NAME"},
      {"=master", "expected RANGE=NAME"},
      {"master=0", "expected RANGE=NAME"},
      {"..3=a", "expected RANGE=NAME"},
      {"1-3=a", "expected RANGE=NAME"},
      {"1,2=a", "expected RANGE=NAME"},
      {"1..2..3=a", "expected RANGE=NAME"},
      {"-1=a", "expected RANGE=NAME"},
      {" 1=a", "expected RANGE=NAME"},
      {"0x1=a", "expected RANGE=NAME"},
      {"18446744073709551616=a", "expected RANGE=NAME"},
      {"*=a", "expected RANGE=NAME"},
      {"3..1=a", "found '3..1=a', a range that ends before it begins"},
      {"0=", "found '0=', expected a NAME of letters"},
      {"0=a=b", "found '0=a=b', expected a NAME"},
      {"0=a b", "found '0=a b', expected a NAME"},
      {"0={item}", "found '0={item}', expected a NAME"},
  };
  for (const auto& [text, message] : rows) {
    const auto result = role(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_THAT(result.error().message(), HasSubstr("options: --role: ")) << text;
    EXPECT_THAT(result.error().message(), HasSubstr(message)) << text;
  }
}

}  // namespace
}  // namespace indexrun::options
