// SPDX-License-Identifier: Apache-2.0
// Precedence: the command line, the variable and the file against each other, through read().
#include "options/merge.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Levels {
  Words line;
  const char* variable = "";
  const char* file = "";
};

Result<Options> read_levels(const Levels& levels) {
  std::optional<TemporaryConfig> config;
  Reading all = reading(levels.line, levels.variable);
  if (*levels.file != 0) {
    config.emplace(levels.file);
    all.environment.set(kConfigVariable, config->path());
  }
  return all.run();
}

Options options_of(const Levels& levels) {
  Result<Options> result = read_levels(levels);
  EXPECT_TRUE(result) << result.error().message();
  return result ? *result : Options();
}

TEST(Merge, TheStrongestLevelWinsASingleValue) {
  const Levels rows[] = {
      {{"--expect-count", "1", "rev"}, "--expect-count 2", "expect-count: 3"},
      {{"rev"}, "--expect-count 1", "expect-count: 3"},
      {{"rev"}, "", "expect-count: 1"},
      {{"--expect-count", "1", "rev"}, "", "expect-count: 3"},
  };
  for (const Levels& row : rows) {
    EXPECT_EQ(options_of(row).items.expect_count, 1U) << row.variable << " / " << row.file;
  }
}

TEST(Merge, AnIndexSourceIsTakenWhole) {
  const Options line = options_of({{"--index", "3", "rev"}, "--index-env A", "index-file: f"});
  EXPECT_EQ(line.index.number, "3");
  EXPECT_FALSE(line.index.variable);
  EXPECT_FALSE(line.index.file);
  const Options variable = options_of({{"rev"}, "--index-env A", "engine: slurm"});
  EXPECT_EQ(variable.index.variable, "A");
  EXPECT_FALSE(variable.index.engine);
}

TEST(Merge, AnItemSourceIsTakenWhole) {
  const Options line = options_of({{"--item", "a", "rev"}, "--items b,c", "items-dir: d"});
  EXPECT_THAT(std::get<items::Inline>(line.items.source).items, ElementsAre("a"));
  const Options file = options_of({{"-f", "x", "rev"}, "", "items: [a, b]"});
  EXPECT_EQ(std::get<items::File>(file.items.source).path, "x");
}

TEST(Merge, InlineItemsMixInOrder) {
  const Options options =
      options_of({{"--items", "a,b", "--item", "c,d", "--items", "e", "--item", "", "rev"}});
  EXPECT_THAT(std::get<items::Inline>(options.items.source).items,
              ElementsAre("a", "b", "c,d", "e", ""));
}

TEST(Merge, WhatDescribesTheItemsGoesWithTheirSource) {
  const Options rows = options_of({{"-f", "x", "rev"},
                                   "",
                                   "items-file: y\nno-header: true\nskip-blank: true\n"
                                   "comments: true"});
  EXPECT_TRUE(rows.items.header);
  EXPECT_FALSE(rows.items.skip_blank);
  EXPECT_FALSE(rows.items.comments);
  const Options product = options_of({{"--param", "a=1,2", "--param", "b=1,2", "rev"},
                                      "--param a=1,2 --zip",
                                      "param: {a: '1,2'}\nexclude: a=1"});
  EXPECT_FALSE(std::get<items::Product>(product.items.source).zip);
  EXPECT_TRUE(std::get<items::Product>(product.items.source).exclude.empty());
}

TEST(Merge, WhatDescribesTheItemsAloneIsForThoseOfAnyLevel) {
  const Options options =
      options_of({{"-f", "x", "rev"}, "--format csv --no-header --skip-blank --comments", ""});
  EXPECT_EQ(std::get<items::File>(options.items.source).format, items::Format::kCsv);
  EXPECT_FALSE(options.items.header);
  EXPECT_TRUE(options.items.skip_blank);
  EXPECT_TRUE(options.items.comments);
  EXPECT_TRUE(read_levels({{"--items", "a,b", "rev"}, "--format csv", ""}));
  const Options product = options_of({{"--param", "a=1,2", "rev"}, "--zip", "exclude: a=1"});
  EXPECT_TRUE(std::get<items::Product>(product.items.source).zip);
  EXPECT_THAT(std::get<items::Product>(product.items.source).exclude, ElementsAre("a=1"));
}

TEST(Merge, TheFormatGoesWithTheFile) {
  const Options own = options_of({{"-f", "x", "--format", "lines", "rev"}});
  EXPECT_EQ(std::get<items::File>(own.items.source).format, items::Format::kLines);
  const Options stronger = options_of({{"--format", "lines", "rev"}, "", "items-file: x"});
  EXPECT_EQ(std::get<items::File>(stronger.items.source).format, items::Format::kLines);
  const Options weaker = options_of({{"-f", "x", "rev"}, "", "format: lines\nitems-file: y"});
  EXPECT_FALSE(std::get<items::File>(weaker.items.source).format);
  EXPECT_TRUE(read_levels({{"--item", "x", "rev"}, "", "format: lines\nitems-file: y"}));
  EXPECT_THAT(error_of(read_levels({{"--item", "x", "--format", "lines", "rev"}})),
              HasSubstr("--format: there is no list"));
}

TEST(Merge, VariablesMergeByName) {
  const Options options = options_of(
      {{"-e", "A=line", "rev"}, "-e A=variable -e B=variable", "env: {B: file, C: file}"});
  ASSERT_EQ(options.inputs.variables.size(), 3U);
  EXPECT_EQ(options.inputs.variables[0].value, "line");
  EXPECT_EQ(options.inputs.variables[1].value, "variable");
  EXPECT_EQ(options.inputs.variables[2].value, "file");
}

TEST(Merge, OutputsMergeByPath) {
  const Options options = options_of({{"--write-text", "a", "line", "rev"},
                                      "-w a -w b",
                                      "render: {template: b, other: c}\nwrite: d"});
  using Content = inputs::Output::Content;
  ASSERT_EQ(options.inputs.outputs.size(), 4U);
  EXPECT_EQ(options.inputs.outputs[0].content, Content::kText);
  EXPECT_EQ(options.inputs.outputs[0].text, "line");
  EXPECT_EQ(options.inputs.outputs[1].path, "b");
  EXPECT_EQ(options.inputs.outputs[1].content, Content::kItem);
  EXPECT_EQ(options.inputs.outputs[2].path, "c");
  EXPECT_EQ(options.inputs.outputs[2].text, "other");
  EXPECT_EQ(options.inputs.outputs[3].path, "d");
}

TEST(Merge, StatusesMergeByWhatTheyMap) {
  const Options options = options_of({{"--map-exit", "1=2,3=4", "--exit-code", "item=9", "rev"},
                                      "--map-exit 3=0,5=6",
                                      "exit-code: [item=10, input=11]"});
  EXPECT_THAT(options.status.map_exit, ElementsAre("1=2", "3=4", "5=6"));
  EXPECT_THAT(options.status.exit_codes, ElementsAre("item=9", "input=11"));
}

TEST(Merge, TheStrongestLevelSaysHowMuchIsTold) {
  EXPECT_EQ(options_of({{"rev"}}).log.level, log::Level::kWarning);
  EXPECT_EQ(options_of({{"-v", "rev"}}).log.level, log::Level::kChosen);
  EXPECT_EQ(options_of({{"-vv", "rev"}}).log.level, log::Level::kHow);
  EXPECT_EQ(options_of({{"-v", "-vv", "rev"}}).log.level, log::Level::kHow);
  EXPECT_EQ(options_of({{"-q", "rev"}, "-vv"}).log.level, log::Level::kError);
  EXPECT_EQ(options_of({{"-v", "rev"}, "-vv", "quiet: true"}).log.level, log::Level::kChosen);
  EXPECT_EQ(options_of({{"rev"}, "", "verbose: 2"}).log.level, log::Level::kHow);
}

TEST(Merge, FlagsAreSetByAnyLevel) {
  EXPECT_TRUE(options_of({{"rev"}, "--no-new-privs", "skip-blank: true"}).confine.no_new_privs);
  EXPECT_TRUE(options_of({{"rev"}, "--no-new-privs", "skip-blank: true"}).items.skip_blank);
  EXPECT_TRUE(options_of({{"--comments", "--comments", "rev"}}).items.comments);
}

TEST(Merge, DenialsAndFilesAddUp) {
  const Options options = options_of({{"--seccomp-deny", "a,b", "--env-file", "l", "rev"},
                                      "--seccomp-deny c --env-file v",
                                      "seccomp-deny: [d]\nenv-file: [f, g]"});
  EXPECT_THAT(options.confine.seccomp_deny, ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(options.inputs.env_files, ElementsAre("f", "g", "v", "l")) << "the strongest last";
  const std::vector<int>& levels = options.inputs.env_file_levels;
  ASSERT_EQ(levels.size(), 4U);
  EXPECT_EQ(levels[0], levels[1]);
  EXPECT_NE(levels[1], levels[2]);
  EXPECT_NE(levels[2], levels[3]);
}

TEST(Merge, RefusesWhatIsSaidTwiceAtOneLevel) {
  struct Row {
    Levels levels;
    const char* message;
  };
  const Row rows[] = {
      {{{"--index", "1", "--index", "2", "rev"}}, "--index: a second source of the index"},
      {{{"--index", "1", "--index-env", "A", "rev"}},
       "--index-env: a second source of the index, after --index"},
      {{{"--engine", "a", "--index-file", "b", "rev"}}, "--index-file: a second source"},
      {{{"rev"}, "--index 1 --index 1"}, "INDEXRUN_OPTIONS: --index: a second source"},
      {{{"rev"}, "", "index: 1\nengine: slurm"}, ": engine: a second source of the index"},
      {{{"--index", "1", "rev"}, "--index 1 --engine x"}, "INDEXRUN_OPTIONS: --engine: a second"},
      {{{"--item", "a", "-f", "b", "rev"}}, "--items-file: a second source of items, after --item"},
      {{{"--item", "a", "-f", "b", "--item", "c", "rev"}}, "a second source of items"},
      {{{"-f", "a", "-f", "b", "rev"}}, "--items-file: a second source of items"},
      {{{"--items-dir", "a", "--items-env", "b", "rev"}}, "--items-env: a second source of items"},
      {{{"--base", "1", "--base", "1", "rev"}}, "--base: given twice"},
      {{{"--grace", "1", "--grace", "2", "rev"}}, "--grace: given twice, expected once"},
      {{{"--stdin", "", "--stdin", "", "rev"}}, "--stdin: given twice"},
      {{{"-C", "a", "-C", "b", "rev"}}, "--chdir: given twice"},
      {{{"--config", "a", "--config", "b", "rev"}}, "--config: given twice"},
      {{{"rev"}, "--config a --config b"}, "INDEXRUN_OPTIONS: --config: given twice"},
      {{{"-e", "A=1", "-e", "A=2", "rev"}}, "--env: 'A' is given twice"},
      {{{"-w", "a", "-w", "a", "rev"}}, "--write: writes 'a' a second time, after --write"},
      {{{"--render", "x", "a", "-w", "a", "rev"}}, "--write: writes 'a' a second time"},
      {{{"rev"}, "", "write: a\nwrite-text: {a: b}"}, "write-text: writes 'a' a second time"},
      {{{"--map-exit", "1=2", "--map-exit", "3=4,1=5", "rev"}}, "--map-exit: '1' is given twice"},
      {{{"--exit-code", "item=2", "--exit-code", "item=2", "rev"}}, "--exit-code: 'item'"},
      {{{"-q", "-v", "rev"}}, "--verbose: contradicts --quiet"},
      {{{"-q", "-q", "rev"}}, "--quiet: contradicts --quiet"},
      {{{"--map-exit", "1=2,,3=4", "rev"}}, "--map-exit: element 2 of '1=2,,3=4' is empty"},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(error_of(read_levels(row.levels)), HasSubstr(row.message))
        << testing::PrintToString(row.levels.line) << " / " << row.levels.variable << " / "
        << row.levels.file;
  }
}

TEST(Merge, AnotherUserAgainstAWeakerLevelIsRefused) {
  EXPECT_EQ(options_of({{"--user", "1:2", "rev"}, "--user 1:2"}).confine.user, "1:2");
  EXPECT_EQ(options_of({{"--user", "1:2", "rev"}}).confine.user, "1:2");
  EXPECT_EQ(options_of({{"--user", "7", "rev"}, "--user 7:7"}).confine.user, "7");
  EXPECT_EQ(options_of({{"--user", "7:7", "rev"}, "", "user: '7'"}).confine.user, "7:7");
  EXPECT_FALSE(read_levels({{"--user", "7", "rev"}, "--user 7:8"}));
  EXPECT_THAT(error_of(read_levels({{"--user", "0", "rev"}, "", "user: '1000'"})),
              HasSubstr("--user: '0' contradicts '1000' of "));
  EXPECT_THAT(error_of(read_levels({{"rev"}, "--user 0", "user: '1000'"})),
              HasSubstr("INDEXRUN_OPTIONS: --user: '0' contradicts '1000'"));
}

TEST(Merge, PathsAndPortsStandAtOneLevel) {
  EXPECT_TRUE(read_levels({{"--ro", "a", "--rw", "b", "rev"}, "--tcp-bind 1", "tcp-connect: 2"}));
  EXPECT_TRUE(read_levels({{"rev"}, "", "ro: [a, b]\nexec: /usr"}));
  const Levels rows[] = {
      {{"--ro", "a", "rev"}, "--rw b"},
      {{"--exec", "a", "rev"}, "", "ro: b"},
      {{"rev"}, "--exec a", "rw: b"},
      {{"--tcp-bind", "1", "rev"}, "--tcp-bind 2"},
      {{"--tcp-connect", "1", "rev"}, "", "tcp-connect: none"},
  };
  for (const Levels& row : rows) {
    const Result<Options> result = read_levels(row);
    ASSERT_FALSE(result) << row.variable << " / " << row.file;
    EXPECT_THAT(result.error().message(), HasSubstr("adds to "));
    EXPECT_THAT(result.error().hint, HasSubstr("one level"));
  }
}

TEST(Merge, StrictIsNotLoosened) {
  EXPECT_FALSE(read_levels({{"--landlock", "best-effort", "rev"}, "", "landlock: strict"}));
  EXPECT_FALSE(*options_of({{"--landlock", "strict", "rev"}, "", "landlock: best-effort"})
                    .confine.access.best_effort);
  EXPECT_TRUE(*options_of({{"--landlock", "best-effort", "rev"}}).confine.access.best_effort);
}

TEST(Merge, APresetIsNotTakenBack) {
  EXPECT_FALSE(read_levels({{"--confine", "none", "rev"}, "", "confine: batch"}));
  EXPECT_TRUE(options_of({{"--confine", "batch", "rev"}, "--confine none"}).confine.batch);
  EXPECT_TRUE(options_of({{"rev"}, "--confine batch", "confine: none"}).confine.batch);
  EXPECT_TRUE(options_of({{"--rw", "out", "rev"}, "", "confine: batch"}).confine.batch);
}

}  // namespace
}  // namespace indexrun::options
