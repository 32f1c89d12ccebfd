// SPDX-License-Identifier: Apache-2.0
// JSON values as items, of arrays, of lines and of YAML.
#include "items/json_item.h"

#include "items/columns.h"
#include "items/format.h"
#include "pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

std::unique_ptr<Reader> open(Format format, const std::string& text, std::size_t size = 64) {
  auto reader = read_as(format, std::make_unique<Pieces>(text, size), {});
  EXPECT_TRUE(reader.has_value()) << reader.error().message();
  return std::move(*reader);
}

struct Value {
  std::string json;
  std::string text;
  std::vector<std::string> fields;
};

TEST(JsonItem, HasTheTextAndFieldsOfItsValue) {
  for (const Value& row : {
           Value{R"("a b")", "a b", {}},
           Value{R"("\u00e9\n\"\\")", "\xc3\xa9\n\"\\", {}},
           Value{"1.50", "1.50", {}},
           Value{"123456789012345678901234567890", "123456789012345678901234567890", {}},
           Value{"true", "true", {}},
           Value{
               " { \"a\" : 1.0 , \"b\" : \" x \" } ", R"({"a":1.0,"b":" x "})", {"a=1.0", "b= x "}},
           Value{R"({"a":{"b":{"c":"d"}},"e":[1, {"f":2}],"g":{}})",
                 R"({"a":{"b":{"c":"d"}},"e":[1,{"f":2}],"g":{}})",
                 {"a.b.c=d", R"(e=[1,{"f":2}])", "g={}"}},
           Value{R"({"a":null,"b":"}],{","c":"\""})",
                 R"({"a":null,"b":"}],{","c":"\""})",
                 {"a=null", "b=}],{", "c=\""}},
           Value{R"(["x", 2, [3]])", R"(["x",2,[3]])", {"1=x", "2=2", "3=[3]"}},
           Value{"{}", "{}", {}},
           Value{"[]", "[]", {}},
       }) {
    Item item;
    const auto read = read_json_item(row.json, item);
    ASSERT_TRUE(read.has_value()) << row.json << ": " << read.error().message();
    EXPECT_EQ(item.text, row.text);
    EXPECT_THAT(fields_of(item), ElementsAreArray(row.fields));
  }
}

TEST(JsonItem, RefusesWhatIsNoItem) {
  std::string wide = "{";
  for (std::size_t i = 0; i <= kMostFields; ++i) {
    wide += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
  }
  const std::pair<std::string, const char*> rows[] = {
      {"", "not valid JSON"},
      {"{\"a\":1", "not valid JSON"},
      {"nul", "not valid JSON"},
      {std::string("{\"a\":1}\0{", 9), "NUL"},
      {"\xef\xbb\xbf{\"a\":1}", "byte order mark"},
      {"1 2", "not valid JSON"},
      {"'a'", "not valid JSON"},
      {"\"a\xff\"", "not valid JSON"},
      {"\"\\ud800\"", "not valid JSON"},
      {"null", "is null"},
      {"\"\"", "empty string"},
      {"\"\\u0000\"", "NUL"},
      {R"({"a":1,"a":2})", "called 'a'"},
      {R"({"a.b":1,"a":{"b":2}})", "called 'a.b'"},
      {R"({"":1})", "without a name"},
      {std::string(100, '[') + std::string(100, ']'), "levels deep"},
      {std::string(10'000'000, '['), "levels deep"},
      {wide + "}", "more than 4096 fields"},
  };
  for (const auto& [json, problem] : rows) {
    Item item;
    item.origin = "list:3";
    const auto read = read_json_item(json, item);
    ASSERT_FALSE(read.has_value()) << json.substr(0, 50);
    EXPECT_EQ(read.error().failure, Failure::kItem);
    EXPECT_EQ(read.error().object, "list:3");
    EXPECT_THAT(read.error().problem, HasSubstr(problem));
  }
}

TEST(JsonLines, OnlyTheWantedLineIsRead) {
  const std::string text = "{\"a\": 1}\r\n{bad\n\"x\"";
  EXPECT_EQ(*open(Format::kJsonl, text)->skip(UINT64_MAX), 3U);
  const auto reader = open(Format::kJsonl, text);
  EXPECT_THAT(fields_of(**reader->next()), ElementsAre("a=1"));
  const auto bad = reader->next();
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().failure, Failure::kItem);
  EXPECT_EQ(bad.error().object, "list:2");
  EXPECT_EQ((*reader->next())->text, "x");
}

TEST(JsonArray, GivesElementAfterElement) {
  const std::string text = "\xef\xbb\xbf [ \"a]\\\"[\" ,\n {\"b\": [1, 2]}, 3\t]\n";
  for (const std::size_t size : {3U, 5U, 4096U}) {
    const auto reader = open(Format::kJson, text, size);
    EXPECT_THAT(*texts_of(*reader), ElementsAre("a]\"[", R"({"b":[1,2]})", "3"));
    EXPECT_EQ(*open(Format::kJson, text, size)->skip(UINT64_MAX), 3U);
    const auto skipping = open(Format::kJson, text, size);
    EXPECT_EQ(*skipping->skip(2), 2U);
    EXPECT_EQ((*skipping->next())->origin, "list[2]");
  }
  EXPECT_EQ(*open(Format::kJson, " [ ] ")->skip(1), 0U);
}

TEST(JsonArray, WhatIsNoArrayConcernsEveryIndex) {
  const std::pair<std::string, const char*> rows[] = {
      {"", "not a JSON array"},
      {"{\"a\": 1}", "not a JSON array"},
      {"[1, 2", "not closed"},
      {"[1, \"a", "not closed"},
      {"[1, ]", "missing"},
      {"[, 1]", "missing"},
      {"[1] x", "follows"},
      {std::string("[1]\0", 4), "follows"},
      {"[1 2]", "not valid JSON"},
      {"[1}", "without its {"},
      {"[[1}]", "not valid JSON"},
      {"[\"\xff\"]", "not valid JSON"},
      {"[" + std::string(100'000, '['), "levels deep"},
  };
  for (const auto& [text, problem] : rows) {
    for (const std::size_t size : {3U, 4096U}) {
      const auto skipped = open(Format::kJson, text, size)->skip(UINT64_MAX);
      ASSERT_FALSE(skipped.has_value()) << text.substr(0, 50);
      EXPECT_EQ(skipped.error().failure, Failure::kConfig) << text.substr(0, 50);
      EXPECT_THAT(skipped.error().problem, HasSubstr(problem)) << text.substr(0, 50);
    }
  }
}

/// A string without an end, of any length, that is nowhere in memory.
class Endless final : public Bytes {
 public:
  Endless() : Bytes("list"), block_(std::size_t{1} << 20, 'x') {}
  Result<std::string_view> block() override {
    return std::string_view(std::exchange(begun_, true) ? block_ : begin_);
  }
  [[nodiscard]] bool is_short() const override { return false; }

 private:
  std::string begin_ = "[\"";
  std::string block_;
  bool begun_ = false;
};

TEST(JsonArray, AnEndlessElementIsRefusedSoon) {
  const auto item = (*read_as(Format::kJson, std::make_unique<Endless>(), {}))->next();
  ASSERT_FALSE(item.has_value());
  EXPECT_EQ(item.error().failure, Failure::kConfig);
  EXPECT_THAT(item.error().problem, HasSubstr("64 MiB"));
}

TEST(YamlSequence, GivesTextsAndMappings) {
  const auto reader = open(Format::kYaml,
                           "# list\n- a b\n- 007\n- 'null'\n"
                           "- {x: 1.50, y: 'yes', z: {w: ~, v: [1, on]}}\n- |\n  two\n  lines\n");
  for (const char* text : {"a b", "007", "null"}) {
    EXPECT_EQ((*reader->next())->text, text);
  }
  const auto mapping = reader->next();
  ASSERT_TRUE(mapping.has_value());
  EXPECT_EQ((*mapping)->text, R"({"x":1.50,"y":"yes","z":{"w":null,"v":[1,"on"]}})");
  EXPECT_THAT(fields_of(**mapping), ElementsAre("x=1.50", "y=yes", "z.w=null", R"(z.v=[1,"on"])"));
  EXPECT_EQ((*mapping)->origin, "list:5:3");
  EXPECT_EQ((*reader->next())->text, "two\nlines\n");
  EXPECT_FALSE(reader->next()->has_value());
}

TEST(YamlSequence, RefusesWhatIsNoSequence) {
  const std::pair<std::string, const char*> rows[] = {
      {"a: 1\n", "no YAML sequence"},
      {"", "is empty"},
      {"- &a [x]\n- *a\n", "anchor"},
      {"- *a\n", "invalid YAML"},
      {"- 'open\n", "invalid YAML"},
      {"- a\n---\n- b\n", "second document"},
      {"# " + std::string(2'000'000, 'x'), "1 MiB"},
  };
  for (const auto& [text, problem] : rows) {
    const auto reader = read_as(Format::kYaml, std::make_unique<Pieces>(text, 4096), {});
    ASSERT_FALSE(reader.has_value()) << text.substr(0, 50);
    EXPECT_EQ(reader.error().failure, Failure::kConfig);
    EXPECT_EQ(reader.error().stage, "items");
    EXPECT_THAT(reader.error().problem, HasSubstr(problem));
  }
  const auto nothing = open(Format::kYaml, "- a\n-\n")->skip(1);
  EXPECT_EQ(*nothing, 1U);
  const auto reader = open(Format::kYaml, "- ~\n");
  EXPECT_EQ(reader->next().error().failure, Failure::kItem);
}

}  // namespace
}  // namespace indexrun::items
