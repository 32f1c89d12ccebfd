// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun {
namespace {

using testing::HasSubstr;
using Kind = YamlNode::Kind;

constexpr YamlReader kReader{"options", "a mapping of options"};

TEST(Yaml, KeepsTextsAndPlaces) {
  const auto tree = parse_yaml("a: 007\nb: [on, \"1e3\", ~]\n", "f.yaml", kReader);
  ASSERT_TRUE(tree) << tree.error().message();
  ASSERT_EQ(tree->kind, Kind::kMapping);
  ASSERT_EQ((*tree).children.size(), 4U);
  EXPECT_EQ(tree.value().children[1].text, "007");
  EXPECT_TRUE(tree.value().children[1].plain);
  const YamlNode& list = tree.value().children[3];
  ASSERT_EQ(list.kind, Kind::kSequence);
  EXPECT_EQ(list.children[0].text, "on");
  EXPECT_EQ(list.children[1].text, "1e3");
  EXPECT_FALSE(list.children[1].plain);
  EXPECT_EQ(list.children[2].kind, Kind::kNull);
  EXPECT_EQ(where(list.children[1].place), "f.yaml:2:9");
}

TEST(Yaml, TextsMayHaveManyLines) {
  const auto tree = parse_yaml("a: |\n  one\n  two\nb: !!str 3\n", "f", kReader);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree.value().children[1].text, "one\ntwo\n");
  EXPECT_EQ(tree.value().children[3].text, "3");
}

TEST(Yaml, TheEndOfATextIsKept) {
  const std::pair<const char*, const char*> rows[] = {
      {"a: |\n  x\n", "x\n"},        {"a: |\n  x", "x"},         {"a: |-\n  x\n", "x"},
      {"a: |+\n  x\n\n", "x\n\n"},   {"a: x \n", "x"},           {"a: x  ", "x"},
      {"a: 'x '\n", "x "},           {"a: \"x\n  y\"\n", "x y"}, {"a: x\n  y\n", "x y"},
      {"a: >\n  x\n  y\n", "x y\n"},
  };
  for (const auto& [text, value] : rows) {
    const auto tree = parse_yaml(text, "f", kReader);
    ASSERT_TRUE(tree) << text << tree.error().message();
    EXPECT_EQ(tree.value().children.at(1).text, value) << text;
  }
}

TEST(Yaml, RefusesWithThePlace) {
  struct Row {
    const char* description;
    std::string text;
    const char* message;
  };
  const Row rows[] = {
      {"empty", "", "f: is empty"},
      {"comments only", "# nothing\n", "f: is empty"},
      {"two documents", "a: 1\n---\nb: 2\n", "f:2:1: a second document"},
      {"anchor", "a: &x 1\n", "f:1:4: found an anchor"},
      {"anchored mapping", "a: &x {b: c}\n", "found an anchor"},
      {"alias", "a: [*x]\n", "f:1:"},
      {"tag", "a: !!int 3\n", "f:1:4: found the tag 'tag:yaml.org,2002:int'"},
      {"local tag", "a: !secret b\n", "found the tag '!secret'"},
      {"open quote", "a: \"x\n", "f:"},
      {"open quote at the end", "a: \"x", "f:"},
      {"open quote before blanks", "a: \"x\n   ", "f:"},
      {"open quote after CRLF", "a: \"x\r\n", "f:"},
      {"open quote before empty lines", "a: \"x\n\n\n", "f:"},
      {"open single quote", "a: 'x\n", "f:"},
      {"open quote and another key", "a: 'x\nb: y\n", "f:"},
      {"open quoted key", "'a: x\n", "f:"},
      {"tab as indent", "a:\n\tb: c\n", "f:2:"},
      {"broken flow", "a: [1, 2\n", "invalid YAML"},
      {"a mapping as a key", "{a: b}: c\n", "a key that is no text"},
      {"null as a key", "~: c\n", "a key that is no text"},
      {"NUL", std::string("a: b\0c: d\n", 10), "f:1:5: found the byte '\\x00'"},
      {"where yaml-cpp would stop", "a: b\n\x04index: 3\n", "f:2:1: found the byte '\\x04'"},
      {"UTF-16", std::string("\xff\xfe\x61\x00", 4), "f:1:1: found the byte '\\xff'"},
      {"too deep", "a: [[[[[[[[[[[[1]]]]]]]]]]]]\n", "nested too deeply"},
      {"too long", std::string(kYamlLimit + 1, ' '), "is longer than 1 MiB"},
  };
  for (const Row& row : rows) {
    const auto tree = parse_yaml(row.text, "f", kReader);
    ASSERT_FALSE(tree) << row.description;
    EXPECT_EQ(tree.error().failure, Failure::kConfig);
    EXPECT_THAT(tree.error().message(), HasSubstr(row.message)) << row.description;
  }
}

TEST(Yaml, DeepNestingEndsSoon) {
  EXPECT_FALSE(parse_yaml(std::string(500'000, '['), "f", kReader));
  EXPECT_FALSE(parse_yaml(std::string(500'000, '{'), "f", kReader));
}

TEST(Yaml, AByteOrderMarkIsNoText) {
  const auto tree = parse_yaml(
      "\xef\xbb\xbf"
      "a: 1\n",
      "f", kReader);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree.value().children[0].text, "a");
}

}  // namespace
}  // namespace indexrun
