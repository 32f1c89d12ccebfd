// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <gtest/gtest.h>

namespace indexrun::log {
namespace {

std::string printed(Settings settings, void (*action)()) {
  configure(settings);
  testing::internal::CaptureStderr();
  action();
  std::string text = testing::internal::GetCapturedStderr();
  configure({});
  return text;
}

TEST(Log, PrintsAnErrorAndItsHintOnALineEach) {
  const auto action = [] {
    print(Error{.stage = "items",
                .object = "a\nb.txt",
                .problem = "found 'x'",
                .system_error = 2,
                .hint = "do this"});
  };
  EXPECT_EQ(printed({}, action),
            "indexrun: items: a\\nb.txt: found 'x': No such file or directory\n"
            "indexrun: hint: do this\n");
}

TEST(Log, IsSilentBelowItsLevel) {
  const auto action = [] {
    LOG_CHOSEN("chosen");
    LOG_HOW("how");
    warning("warned");
  };
  EXPECT_EQ(printed({.level = Level::kError}, action), "");
  EXPECT_EQ(printed({}, action), "indexrun: warned\n");
  EXPECT_EQ(printed({.level = Level::kHow}, action),
            "indexrun: chosen\nindexrun: how\nindexrun: warned\n");
}

TEST(Log, GoesWhereItIsDivertedTo) {
  static std::string text;
  const auto action = [] {
    divert(&text);
    warning("a");
    warning("b");
    divert(nullptr);
    warning("c");
  };
  EXPECT_EQ(printed({}, action), "indexrun: c\n");
  EXPECT_EQ(text, "indexrun: a\nindexrun: b\n");
}

TEST(Log, WritesOneJsonObjectALine) {
  const auto action = [] { print(Error{.stage = "index", .problem = "found \"x\"\n"}); };
  const std::string text = printed({.format = Format::kJson}, action);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_NE(text.find(R"("level":"error","stage":"index","message":"index: found \"x\"\n")"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace indexrun::log
