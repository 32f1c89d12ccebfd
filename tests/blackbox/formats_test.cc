// SPDX-License-Identifier: Apache-2.0
// Every format of a list, from the file to the program's arguments and variables.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class Formats : public Blackbox {
 protected:
  /// What one index prints of its item and of two fields.
  [[nodiscard]] Command fields(const std::string& file, const std::string& index) const {
    return indexrun("--index").args(
        {index, "-f", file, "--", "printf", "[%s]", "{}", "{name}", "{item.2}"});
  }
};

TEST_F(Formats, CsvWithQuotesCommasAndNewlines) {
  dir_.write("items.csv", "name,size\r\n\"a, \"\"b\"\"\",1\r\n\"x\ny\",2\r\nz,3");
  EXPECT_THAT(fields("items.csv", "0").run(), Prints("[\"a, \"\"b\"\"\",1][a, \"b\"][1]"));
  EXPECT_THAT(fields("items.csv", "1").run(), Prints("[\"x\ny\",2][x\ny][2]"));
  EXPECT_THAT(fields("items.csv", "2").run(), Prints("[z,3][z][3]"));
  EXPECT_THAT(fields("items.csv", "3").run(),
              Refuses({.exit = 197, .stage = "items", .object = "items.csv"}));
  EXPECT_THAT(indexrun("count -f items.csv").run(), Prints("3\n"));
  EXPECT_THAT(indexrun("-i 1 -f items.csv sh -c").args({"echo $INDEXRUN_FIELD_SIZE"}).run(),
              Prints("2\n"));
  EXPECT_THAT(indexrun("-i 0 -f items.csv --no-header echo {2} {item.1}").run(),
              Prints("size name\n"));
}

TEST_F(Formats, ACsvDefectIsThatOfTheRecordOrOfTheList) {
  dir_.write("ragged.csv", "name,size\na,1\nb\nc,3\n");
  EXPECT_THAT(fields("ragged.csv", "2").run(), Prints("[c,3][c][3]"));
  expect_refusal(
      fields("ragged.csv", "1"),
      {.exit = 197, .stage = "items", .object = "ragged.csv:3", .says = {"1 field", "expected 2"}});
  dir_.write("twice.csv", "name,size,name\na,1,b\n");
  expect_refusal(fields("twice.csv", "0"), {.exit = 196,
                                            .stage = "items",
                                            .object = "twice.csv:1",
                                            .says = {"'name'"},
                                            .hint = "--no-header"});
  dir_.write("open.csv", "name,size\na,1\n\"b,2\nc,3\n");
  expect_refusal(fields("open.csv", "0"),
                 {.exit = 196, .stage = "items", .object = "open.csv:3", .says = {"closed"}});
}

TEST_F(Formats, TsvNulAndVariables) {
  dir_.write("items.tsv", "name\tsize\na b\t1\n\"c\t2\n");
  EXPECT_THAT(fields("items.tsv", "1").run(), Prints("[\"c\t2][\"c][2]"));
  dir_.write("items", std::string("a\nb\0 c\0", 7));
  EXPECT_THAT(indexrun("-i 1 --format nul -f items printf [%s] {}").run(), Prints("[ c]"));
  EXPECT_THAT(indexrun("count --format nul -f items").run(), Prints("2\n"));
  EXPECT_THAT(indexrun("-i 0 --items-env L --format csv echo {b}").env("L", "a,b\n1,2\n").run(),
              Prints("2\n"));
  expect_refusal(indexrun("-i 0 --items-env L --format nul echo {}").env("L", "a"),
                 {.exit = 196, .stage = "options", .object = "--format"});
}

TEST_F(Formats, JsonStringsNumbersAndNestedObjects) {
  dir_.write("items.json", R"(["a b", 1.50, {"name": "x", "o": {"p": [1, 2]}}, null])");
  EXPECT_THAT(indexrun("-i 0 -f items.json printf [%s] {}").run(), Prints("[a b]"));
  EXPECT_THAT(indexrun("-i 1 -f items.json printf [%s] {}").run(), Prints("[1.50]"));
  EXPECT_THAT(indexrun("-i 2 -f items.json printf [%s] {} {name} {o.p}").run(),
              Prints(R"([{"name":"x","o":{"p":[1,2]}}][x][[1,2]])"));
  expect_refusal(indexrun("-i 3 -f items.json printf [%s] {}"),
                 {.exit = 197, .stage = "items", .object = "items.json[3]", .says = {"null"}});
  dir_.write("object.json", R"({"name": "x"})");
  expect_refusal(
      fields("object.json", "0"),
      {.exit = 196, .stage = "items", .object = "object.json", .says = {"array"}, .hint = "jsonl"});
}

TEST_F(Formats, JsonLinesAndYaml) {
  dir_.write("items.jsonl", "{\"name\": \"a\", \"n\": 1}\n{\"name\": \"b\", \"n\": 2}\n{no\n");
  EXPECT_THAT(fields("items.jsonl", "1").run(), Prints(R"([{"name":"b","n":2}][b][2])"));
  expect_refusal(fields("items.jsonl", "2"),
                 {.exit = 197, .stage = "items", .object = "items.jsonl:3"});
  dir_.write("items.yaml", "- {name: a, n: 1}\n- name: b\n  n: 007\n");
  EXPECT_THAT(fields("items.yaml", "1").run(), Prints(R"([{"name":"b","n":"007"}][b][007])"));
  dir_.write("bomb.yaml", "- &a [x, x]\n- [*a, *a]\n");
  expect_refusal(fields("bomb.yaml", "0"),
                 {.exit = 196, .stage = "items", .object = "bomb.yaml:1:3", .says = {"anchor"}});
}

// What gzip -n makes of "a\nb\n".
TEST_F(Formats, CompressedLists) {
  const std::string packed(
      "\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\xe4\x4a\xe2\x02\0\x97\x2a\x57\x18\x04\0\0\0", 24);
  dir_.write("items.gz", packed);
  EXPECT_THAT(indexrun("-i 1 -f items.gz echo {} {count}").run(), Prints("b 2\n"));
  EXPECT_THAT(indexrun("count -f -").input(packed).run(), Prints("2\n"));
  EXPECT_THAT(indexrun("show --all -f -").input(packed).run(), Prints("0\ta\t\n1\tb\t\n"));
  dir_.write("items.gz", packed.substr(0, 20));
  expect_refusal(indexrun("-i 0 -f items.gz").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "items.gz", .says = {"cut off"}});
}

TEST_F(Formats, EverySubcommandReadsThem) {
  dir_.write("items.csv", "name,size\na,1\nb,2\n");
  EXPECT_THAT(indexrun("show --all -f items.csv echo {name}").run(),
              Prints("0\ta,1\techo a\n1\tb,2\techo b\n"));
  EXPECT_THAT(indexrun("show --all -f - --format csv echo {name}").input("name\nx\n").run(),
              Prints("0\tx\techo x\n"));
  EXPECT_THAT(indexrun("stage -i 1 -f items.csv --write-text out {name}").run(), Prints(""));
  EXPECT_EQ(dir_.read("out"), "b");
}

}  // namespace
}  // namespace indexrun::test
