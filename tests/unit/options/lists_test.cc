// SPDX-License-Identifier: Apache-2.0
#include "options/lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Setting items(std::string value) {
  Setting setting;
  setting.option = &option(Id::kItems);
  setting.values[0] = std::move(value);
  return setting;
}

TEST(SplitList, SplitsAtEveryComma) {
  EXPECT_THAT(*split_list(items("a")), ElementsAre("a"));
  EXPECT_THAT(*split_list(items("a,b,c")), ElementsAre("a", "b", "c"));
  EXPECT_THAT(*split_list(items(" a , b")), ElementsAre(" a ", " b"));
  EXPECT_THAT(*split_list(items("\"a,b\"")), ElementsAre("\"a", "b\""));
}

TEST(SplitList, RefusesEmptyElements) {
  const std::pair<const char*, const char*> rows[] = {{"", "element 1"},
                                                      {",", "element 1"},
                                                      {"a,", "element 2"},
                                                      {"a,,b", "element 2"},
                                                      {",a", "element 1"}};
  for (const auto& [value, message] : rows) {
    const auto result = split_list(items(value));
    ASSERT_FALSE(result) << value;
    EXPECT_THAT(result.error().problem, HasSubstr(message)) << value;
    EXPECT_THAT(result.error().hint, HasSubstr("comma"));
  }
}

}  // namespace
}  // namespace indexrun::options
