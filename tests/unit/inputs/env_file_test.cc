// SPDX-License-Identifier: Apache-2.0
#include "inputs/env_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

using ::testing::HasSubstr;

/// "NAME<value>" for each line.
std::string parsed(std::string_view text) {
  const auto lines = parse_env_file(text, "vars");
  if (!lines) {
    return lines.error().object;
  }
  std::string out;
  for (const EnvLine& line : *lines) {
    out.append(line.name).append("<").append(line.value).append(">");
  }
  return out;
}

struct Row {
  const char* description;
  std::string_view text;
  std::string_view expected;
};

constexpr Row kRows[] = {
    {"nothing", "", ""},
    {"two lines", "A=1\nB=2\n", "A<1>B<2>"},
    {"no final newline", "A=1\nB=2", "A<1>B<2>"},
    {"CRLF", "A=1\r\nB=2\r\n", "A<1>B<2>"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "A=1\n",
     "A<1>"},
    {"blank lines and comments", "\n  \t\n# A=0\n  # x\nA=1\n\n", "A<1>"},
    {"no quotes, no trimming", "A= 'x' \nB=\"y\"\n", "A< 'x' >B<\"y\">"},
    {"empty value", "A=\n", "A<>"},
    {"equals signs in the value", "A=b=c\n", "A<b=c>"},
    {"a number sign in the value", "A=x # y\n", "A<x # y>"},
    {"no equals sign", "A=1\nB\n", "vars:2"},
    {"no name", "=1\n", "vars:1"},
    {"blank before the name", "\n A=1\n", "vars:2"},
    {"blank after the name", "A =1\n", "vars:1"},
    {"export", "export A=1\n", "vars:1"},
    {"digit first", "1A=1\n", "vars:1"},
    {"the same name again", "A=1\n\nA=2\n", "vars:3"},
};

TEST(EnvFile, HoldsOneVariableALine) {
  for (const Row& row : kRows) {
    EXPECT_EQ(parsed(row.text), row.expected) << row.description;
  }
}

TEST(EnvFile, ANulByteIsAnError) {
  EXPECT_EQ(parsed(std::string_view("A=1\nB=x\0y\n", 10)), "vars:2");
}

TEST(EnvFile, ErrorsSayWhatWasFound) {
  const Error error = parse_env_file("A=1\nnonsense\n", "vars").error();
  EXPECT_EQ(error.failure, Failure::kConfig);
  EXPECT_THAT(error.problem, HasSubstr("'nonsense'"));
  EXPECT_THAT(parse_env_file("A=1\nA=2\n", "vars").error().problem, HasSubstr("line 1"));
}

}  // namespace
}  // namespace indexrun::inputs
