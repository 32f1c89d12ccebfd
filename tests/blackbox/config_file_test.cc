// SPDX-License-Identifier: Apache-2.0
// The YAML file: what it can say, and that each mistake is shown where it stands.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using ConfigFile = Blackbox;

TEST_F(ConfigFile, SaysAllThatTheCommandLineCouldSay) {
  dir_.write("c.yaml",
             "# a worker\n"
             "items: [foo, bar, baz]\n"
             "expect-count: 3\n"
             "write: data.txt\n"
             "env:\n"
             "  COLOUR: 'c-{}'\n"
             "command: [sh, -c, 'cat data.txt; echo $COLOUR']\n");
  EXPECT_THAT(indexrun("--config c.yaml --index 2").run(), Prints("baz\nc-baz\n"));
  EXPECT_THAT(indexrun("--index 1").env("INDEXRUN_CONFIG", "c.yaml").run(), Prints("bar\nc-bar\n"));
}

TEST_F(ConfigFile, IsTheWeakestLevel) {
  dir_.write("c.yaml", "index: 0\nitems: [a, b]\ncommand: [echo, 'file {}']\n");
  Command run = indexrun("--config c.yaml echo line {}").env("INDEXRUN_OPTIONS", "--index 1");
  EXPECT_THAT(run.run(), Prints("line b\n"));
}

TEST_F(ConfigFile, ACommandOfTheImageWins) {
  dir_.write("c.yaml", "items: [a]\nindex: 0\ncommand: [echo, file]\n");
  EXPECT_THAT(indexrun("--config c.yaml").command({"echo", "line"}).run(), Prints("line\n"));
}

struct Mistake {
  const char* description;
  const char* yaml;
  const char* place;  ///< line and column
  const char* says;
  const char* hint;
};

class ConfigMistake : public Blackbox, public testing::WithParamInterface<Mistake> {};

TEST_P(ConfigMistake, IsShownWhereItStands) {
  dir_.write("c.yaml", GetParam().yaml);
  expect_refusal(indexrun("--config c.yaml --index 0").command(kEcho),
                 {.exit = 196,
                  .stage = "options",
                  .object = std::string("c.yaml:") + GetParam().place,
                  .says = {GetParam().says},
                  .hint = GetParam().hint});
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, ConfigMistake,
    testing::Values(
        Mistake{"UnknownKey", "item: [a]\nitms: [b]\n", "2:1", "itms", "items"},
        Mistake{"DuplicateKey", "item: [a]\nquiet: true\nitem: [b]\n", "3:1", "item", ""},
        Mistake{"WrongTypeNumber", "item: [a]\nexpect-count: many\n", "2:15", "expect-count", ""},
        Mistake{"WrongTypeList", "item: [a]\nexpect-count: [1]\n", "2:15", "expect-count", ""},
        Mistake{"WrongTypeMap", "items: {a: b}\n", "1:8", "items", ""},
        Mistake{"WrongTypeCommand", "item: [a]\ncommand: echo ran\n", "2:10", "command", ""},
        Mistake{"WrongTypeFlag", "item: [a]\nskip-blank: 3\n", "2:13", "skip-blank", ""},
        Mistake{"NotYaml", "item: [a\nquiet: true\n", "", "", ""},
        Mistake{"NoMap", "- item\n", "1:1", "", ""}),
    [](const auto& row) { return std::string(row.param.description); });

TEST_F(ConfigFile, MissingIsAnError) {
  expect_refusal(indexrun("--config none.yaml --index 0 --item a").command(kEcho),
                 {.exit = 196,
                  .stage = "options",
                  .object = "none.yaml",
                  .says = {"No such file or directory"}});
  expect_refusal(indexrun("--index 0 --item a").command(kEcho).env("INDEXRUN_CONFIG", "none.yaml"),
                 {.exit = 196, .stage = "options", .object = "none.yaml"});
}

TEST_F(ConfigFile, EmptyIsAnError) {
  dir_.write("c.yaml", "# nothing yet\n");
  expect_refusal(indexrun("--config c.yaml --index 0 --item a").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "c.yaml", .says = {"empty"}});
}

TEST_F(ConfigFile, QuotedAndPlainScalarsAreTextAsWritten) {
  dir_.write("c.yaml", "item: ['007', 1.10, yes, 'null', \"a: b\"]\n");
  const std::vector<std::string> expected{"007", "1.10", "yes", "null", "a: b"};
  for (std::size_t index = 0; index < expected.size(); ++index) {
    Command run = indexrun("--config c.yaml --index").args({std::to_string(index), "echo", "{}"});
    EXPECT_THAT(run.run(), Prints(expected[index] + "\n"));
  }
}

TEST_F(ConfigFile, TwoItemSourcesAtOneLevelAreAnError) {
  dir_.write("c.yaml", "items: [a]\nitems-env: LIST\n");
  expect_refusal(indexrun("--config c.yaml --index 0").command(kEcho).env("LIST", "x"),
                 {.exit = 196, .stage = "options"});
}

}  // namespace
}  // namespace indexrun::test
