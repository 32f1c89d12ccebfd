// SPDX-License-Identifier: Apache-2.0
#include "options/config_file.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Config : FileSettings {
  std::string error;
  std::string hint;
};

Config config(const std::string& text, Subcommand subcommand = Subcommand::kRun) {
  Config all;
  const auto result = read_config(text, "job.yaml", subcommand, all);
  if (!result) {
    all.error = result.error().message();
    all.hint = result.error().hint;
  }
  return all;
}

/// "name=value", "name=value|value".
std::vector<std::string> flat(const Config& all) {
  std::vector<std::string> lines;
  for (const Setting& setting : all.settings) {
    std::string line = std::string(setting.option->name);
    for (std::size_t i = 0; i < setting.option->arity(); ++i) {
      line += (i == 0 ? "=" : "|") + setting.values[i];
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(ConfigFile, GivesTheSettingsOfACommandLine) {
  struct Row {
    const char* description;
    const char* text;
    std::vector<std::string> settings;
  };
  const Row rows[] = {
      {"a scalar", "index: 3", {"index=3"}},
      {"texts stay texts",
       "item: [007, 1e3, yes, 0x1f, .5, 2001-01-01, true]",
       {"item=007", "item=1e3", "item=yes", "item=0x1f", "item=.5", "item=2001-01-01",
        "item=true"}},
      {"YAML 1.1's on", "write: on", {"write=on"}},
      {"a list", "write: [a, b]", {"write=a", "write=b"}},
      {"a block list", "write:\n- a\n- 'b c'\n", {"write=a", "write=b c"}},
      {"items with commas", "items: a,b", {"items=a,b"}},
      {"items as a sequence", "items: ['a,b', c, '']", {"item=a,b", "item=c", "item="}},
      {"variables keep their order",
       "env: {Z: '{}', A: '', M: a=b}",
       {"env=Z={}", "env=A=", "env=M=a=b"}},
      {"texts to write", "write-text: {a: 'x y', b: ''}", {"write-text=a|x y", "write-text=b|"}},
      {"render", "render: {src: dst}", {"render=src|dst"}},
      {"delimiters", "delims: ['<<', '>>']", {"delims=<<|>>"}},
      {"a flag", "no-new-privs: true", {"no-new-privs"}},
      {"a flag that is not set", "no-new-privs: false", {}},
      {"verbose", "verbose: 2", {"verbose", "verbose"}},
      {"verbose as a flag", "verbose: true", {"verbose"}},
      {"not verbose", "verbose: 0", {}},
      {"a leading dash", "item: ['-x', '--']", {"item=-x", "item=--"}},
      {"an empty text", "stdin: ''", {"stdin="}},
      {"another subcommand's", "all: true\noutput: json\nindex: 1", {"index=1"}},
      {"capabilities",
       "cap-drop: [ALL]\ncap-add: chown,kill",
       {"cap-drop=ALL", "cap-add=chown,kill"}},
  };
  for (const Row& row : rows) {
    const Config all = config(row.text);
    EXPECT_EQ(all.error, "") << row.description;
    EXPECT_EQ(flat(all), row.settings) << row.description;
  }
}

TEST(ConfigFile, EveryOptionHasItsKey) {
  for (const Option& option : table()) {
    std::string text(option.name);
    switch (option.yaml) {
      case Yaml::kNone:
        EXPECT_THAT(config(text + ": x").error, HasSubstr("unknown key"));
        EXPECT_THAT(config(text + ": x").hint, HasSubstr("command line only"));
        continue;
      case Yaml::kFlag:
      case Yaml::kLevel:
        text += ": true";
        break;
      case Yaml::kScalar:
      case Yaml::kList:
        text += ": x";
        break;
      case Yaml::kMapping:
        text += ": {x: y}";
        break;
      case Yaml::kPair:
        text += ": [x, y]";
        break;
    }
    const Subcommand subcommand = option.belongs_to(Subcommand::kRun)    ? Subcommand::kRun
                                  : option.belongs_to(Subcommand::kShow) ? Subcommand::kShow
                                                                         : Subcommand::kCount;
    const Config all = config(text, subcommand);
    EXPECT_EQ(all.error, "") << text;
    ASSERT_EQ(all.settings.size(), 1U) << text;
    EXPECT_EQ(all.settings[0].option, &option);
    EXPECT_EQ(all.settings[0].level, Level::kFile);
    EXPECT_THAT(where(all.settings[0]), HasSubstr("job.yaml:1:")) << text;
  }
}

TEST(ConfigFile, CommandIsASequence) {
  EXPECT_THAT(config("command: [rev, -x, '', 3]").command, ElementsAre("rev", "-x", "", "3"));
  EXPECT_THAT(config("command: [rev]", Subcommand::kShow).command, ElementsAre("rev"));
  EXPECT_THAT(config("command: [rev]", Subcommand::kStage).command, IsEmpty());
  EXPECT_THAT(config("command: rev").error, HasSubstr("job.yaml:1:10: command: found 'rev'"));
  EXPECT_THAT(config("command: []").error,
              HasSubstr("command: found an empty sequence, expected a sequence of at least 1"));
  EXPECT_THAT(config("command: [a, ~]").error, HasSubstr("command: found nothing"));
}

TEST(ConfigFile, RefusesWithThePlace) {
  struct Row {
    const char* description;
    const char* text;
    const char* message;
    const char* hint;
  };
  const Row rows[] = {
      {"unknown", "bogus-thing: 1", "job.yaml:1:1: unknown key 'bogus-thing'", "long names"},
      {"near", "item-file: a", "unknown key 'item-file'", "did you mean items-file?"},
      {"near command", "comand: [a]", "unknown key 'comand'", "did you mean command?"},
      {"with dashes", "--index: 3", "unknown key '--index'", "did you mean index?"},
      {"underscore", "index_env: A", "unknown key 'index_env'", "did you mean index-env?"},
      {"config", "config: other.yaml", "unknown key 'config'", "command line only"},
      {"help", "help: true", "unknown key 'help'", "command line only"},
      {"duplicate", "index: 1\nwrite: a\nindex: 2\n", "job.yaml:3:1: the key 'index' stands twice",
       "job.yaml:1:1"},
      {"duplicate, quoted", "index: 1\n\"index\": 2\n", "job.yaml:2:1: the key 'index'", ""},
      {"duplicate inside", "env:\n  A: 1\n  A: 2\n", "job.yaml:3:3: the key 'A' stands twice", ""},
      {"merge", "<<: {index: 1}", "job.yaml:1:1: found a merge key", ""},
      {"merge inside", "env:\n  <<: {A: 1}", "job.yaml:2:3: found a merge key", ""},
      {"a sequence", "- a\n- b\n", "job.yaml:1:1: found a sequence of 2, expected a mapping", ""},
      {"a text", "index\n", "job.yaml:1:1: found a text, expected a mapping", ""},
      {"nothing", "---\n", "found nothing, expected a mapping", ""},
      {"null value", "index: ~", "job.yaml:1:8: index: found nothing, expected a text", "''"},
      {"no value", "index:\n", "index: found nothing, expected a text", ""},
      {"null word", "item: [a, null]", "job.yaml:1:11: item: found nothing", ""},
      {"sequence for a scalar", "index: [1]", "index: found a sequence of 1, expected a text", ""},
      {"mapping for a list", "write: {a: b}",
       "write: found a mapping, expected a text or a sequence", ""},
      {"a list of numbers", "only: [1, 2]", "only: found a sequence of 2, expected a text",
       "--only LIST"},
      {"a mapping of ranges", "role: {0: a}",
       "role: found a mapping, expected a text or a sequence", "--role RANGE=NAME"},
      {"a list of values", "param: {a: [1, 2]}", "param: found a sequence of 2, expected a text",
       "--param NAME=V,..."},
      {"nested list", "write: [[a]]", "write: found a sequence of 1, expected a text", ""},
      {"empty list", "write: []",
       "write: found an empty sequence, expected a sequence of at least 1", ""},
      {"list for a mapping", "env: [A=1]",
       "job.yaml:1:6: env: found a sequence of 1, expected a mapping", ""},
      {"text for a mapping", "env: A=1", "env: found 'A=1', expected a mapping", ""},
      {"= in a name", "env: {A=B: c}", "env: found 'A=B', expected a name without '='", ""},
      {"null in a mapping", "env: {A: }", "env: found nothing, expected a text", "''"},
      {"yes is no boolean", "skip-blank: yes", "skip-blank: found 'yes', expected true or false",
       ""},
      {"a quoted boolean", "skip-blank: 'true'", "expected true or false", ""},
      {"True", "skip-blank: True", "found 'True', expected true or false", ""},
      {"a number for a flag", "skip-blank: 1", "expected true or false", ""},
      {"verbose 3", "verbose: 3", "verbose: found '3', expected 0, 1, 2, true or false", ""},
      {"three delimiters", "delims: [a, b, c]",
       "delims: found a sequence of 3, expected a sequence of 2 texts", ""},
      {"wrong type, other subcommand", "all: maybe", "all: found 'maybe', expected true or false",
       ""},
  };
  for (const Row& row : rows) {
    const Config all = config(row.text);
    EXPECT_THAT(all.error, HasSubstr(row.message)) << row.description;
    EXPECT_THAT(all.hint, HasSubstr(row.hint)) << row.description;
  }
}

TEST(ConfigFile, ALongMappingIsRead) {
  std::string text = "env:\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "  NAME_" + std::to_string(i) + ": value of this one\n";
  }
  EXPECT_EQ(config(text).settings.size(), 20'000U);
}

TEST(ConfigFile, AFileThatCannotBeRead) {
  FileSettings file;
  const auto missing = read_config_file("/nonexistent.yaml", Subcommand::kRun, file);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message(),
            "options: /nonexistent.yaml: cannot be read: No such file or directory");
  const auto directory = read_config_file("/", Subcommand::kRun, file);
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().system_error, EISDIR);
  const auto endless = read_config_file("/dev/zero", Subcommand::kRun, file);
  ASSERT_FALSE(endless);
  EXPECT_THAT(endless.error().message(), HasSubstr("longer than 1 MiB"));
}

}  // namespace
}  // namespace indexrun::options
