// SPDX-License-Identifier: Apache-2.0
// The downward API's dump of annotations or labels.
#include "index/annotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

struct Quoted {
  const char* description;
  std::string literal;
  std::string value;
};

class Unquote : public testing::TestWithParam<Quoted> {};

TEST_P(Unquote, UndoesStrconvQuote) {
  EXPECT_EQ(unquote_go(GetParam().literal), GetParam().value);
}

// What the kubelet writes for these bytes, as measured on Kubernetes 1.32, and the escapes that Go
// reads but never writes.
INSTANTIATE_TEST_SUITE_P(
    Table, Unquote,
    testing::Values(Quoted{"Plain", R"("plain")", "plain"}, Quoted{"Empty", R"("")", ""},
                    Quoted{"Tab", R"("\t")", "\t"}, Quoted{"CarriageReturn", R"("\r")", "\r"},
                    Quoted{"Backslash", R"("\\")", "\\"}, Quoted{"Quote", R"("\"")", "\""},
                    Quoted{"Letters", R"("\a\b\f\n\v")", "\a\b\f\n\v"},
                    Quoted{"Controls", R"("\x00\x1b\x7f")", std::string("\0\x1b\x7f", 3)},
                    Quoted{"NoBreakSpace", R"("\u00a0")", "\xc2\xa0"},
                    Quoted{"ByteOrderMark", R"("\ufeff")", "\xef\xbb\xbf"},
                    Quoted{"LineSeparator", R"("\u2028")", "\xe2\x80\xa8"},
                    Quoted{"Emoji", "\"\xf0\x9f\x98\x80\"", "\xf0\x9f\x98\x80"},
                    Quoted{"EmojiEscaped", R"("\U0001f600")", "\xf0\x9f\x98\x80"},
                    Quoted{"InvalidByte", R"("\xff")", "\xff"},
                    Quoted{"Octal", R"("\101\377")", "A\xff"}, Quoted{"Apostrophe", R"("'")", "'"},
                    Quoted{"Dollar", R"("$<=")", "$<="}),
    [](const auto& row) { return std::string(row.param.description); });

TEST(UnquoteGo, RefusesWhatGoRefuses) {
  for (const char* literal :
       {"", "\"", "plain", "'a'", "\"a", "a\"", R"("a"b")", R"("\")", R"("\q")", R"("\'")",
        R"("\x1")", R"("\xg0")", R"("\u12")", R"("\ud800")", R"("\U00110000")", R"("\400")",
        R"("\18")", "\"a\nb\"", "`a`"}) {
    EXPECT_EQ(unquote_go(literal), std::nullopt) << literal;
  }
}

TEST(FindAnnotation, ReadsTheDumpOfAnIndexedPod) {
  const auto value = find_annotation(
      "batch.kubernetes.io/job-completion-index=\"1\"\n"
      "kubernetes.io/config.seen=\"2026-11-22T22:17:15.053578456Z\"\n"
      "note=\"he said \\\"hi\\\"\\nand left\\ttab \xc3\xa9\"",
      kIndexKey, "/podinfo/annotations");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value.value(), "1");
}

TEST(FindAnnotation, ReadsTheDumpOfLabels) {
  const auto value = find_annotation(
      "batch.kubernetes.io/controller-uid=\"d635f0d6-a161-45e1-aec6-0d055432a344\"\n"
      "batch.kubernetes.io/job-completion-index=\"3\"\n"
      "job-name=\"obs\"\n",
      kIndexKey, "/podinfo/labels");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value.value(), "3");
}

TEST(FindAnnotation, IsNotFooledByTheKeyInsideAValue) {
  const auto value = find_annotation(
      "note=\"x\\nbatch.kubernetes.io/job-completion-index=\\\"9\\\"\"", kIndexKey, "f");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(value.value(), std::nullopt);
}

TEST(FindAnnotation, NamesTheLineThatIsNoAnnotation) {
  for (const char* line : {"b=unquoted", "no equals", "", "=\"x\"", "b=\"x\" "}) {
    const auto value = find_annotation("a=\"1\"\n" + std::string(line) + "\nc=\"2\"", "a", "f");
    ASSERT_FALSE(value.has_value()) << line;
    EXPECT_EQ(value.error().object, "f") << line;
    EXPECT_THAT(value.error().problem, testing::HasSubstr("line 2 is")) << line;
  }
}

TEST(FindAnnotation, RefusesTheKeyTwice) {
  EXPECT_FALSE(find_annotation("a=\"1\"\na=\"1\"", "a", "f").has_value());
}

}  // namespace
}  // namespace indexrun::index
