// SPDX-License-Identifier: Apache-2.0
#include "inputs/foreign_braces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ForeignBraces, ABareOneIsAnErrorThatOffersBothForms) {
  for (const char* program : {"find", "/usr/bin/find", "./xargs", "fd", "parallel"}) {
    const auto result = check_foreign_braces(program, {program, "-exec", "x/{}.txt"});
    ASSERT_FALSE(result.has_value()) << program;
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_EQ(result.error().object, "argument 2");
    EXPECT_THAT(result.error().hint, AllOf(HasSubstr("{{}}"), HasSubstr("{item}")));
  }
}

TEST(ForeignBraces, OtherFormsAreFine) {
  for (const char* argument : {"{{}}", "{item}", "{index}", "{item/}", "${}", "{ }", ""}) {
    EXPECT_TRUE(check_foreign_braces("parallel", {"parallel", argument}).has_value()) << argument;
  }
}

TEST(ForeignBraces, OtherProgramsAreFine) {
  for (const char* program : {"echo", "findx", "/find/x", "", "busybox"}) {
    EXPECT_TRUE(check_foreign_braces(program, {program, "{}"}).has_value()) << program;
  }
}

TEST(ForeignBraces, FdAndParallelHaveMoreForms) {
  const auto hint_of = [](const char* program, const char* argument) {
    const auto result = check_foreign_braces(program, {program, argument});
    return result ? "" : result.error().hint;
  };
  EXPECT_THAT(hint_of("fd", "{/.}"), AllOf(HasSubstr("{{/.}}"), HasSubstr("{item/.}")));
  EXPECT_THAT(hint_of("parallel", "{#}"), AllOf(HasSubstr("{{#}}"), HasSubstr("{number}")));
  EXPECT_EQ(hint_of("find", "{/}"), "");
}

}  // namespace
}  // namespace indexrun::inputs
