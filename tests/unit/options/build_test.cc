// SPDX-License-Identifier: Apache-2.0
#include "options/build.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Options options_of(Words words) {
  Result<Options> result = read_line(std::move(words));
  EXPECT_TRUE(result) << result.error().message();
  return result ? *result : Options();
}

TEST(Build, DefaultsAreThoseOfTheSpecs) {
  const Options options = options_of({"rev"});
  EXPECT_EQ(options.subcommand, Subcommand::kRun);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(options.items.source));
  EXPECT_EQ(options.inputs.write_mode, 0644U);
  EXPECT_TRUE(options.inputs.expand);
  EXPECT_EQ(options.inputs.delimiters, std::pair(std::string("{"), std::string("}")));
  EXPECT_TRUE(options.confine.empty());
  EXPECT_FALSE(options.launch.grace);
  EXPECT_EQ(options.status.message, status::Message::kFailure);
  EXPECT_EQ(options.status.message_file, "/dev/termination-log");
}

TEST(Build, SharesAndEach) {
  const Options block = options_of({"--tasks", "3", "--when-empty", "fail", "rev"});
  EXPECT_EQ(block.items.shares.tasks, 3U);
  EXPECT_TRUE(block.items.shares.wanted);
  EXPECT_TRUE(block.items.shares.fail_when_empty);
  EXPECT_EQ(block.items.shares.split, items::Split::kBlock);
  const Options weight = options_of({"--tasks", "3", "--split", "weight=a b", "rev"});
  EXPECT_EQ(weight.items.shares.split, items::Split::kWeight);
  EXPECT_EQ(weight.items.shares.weight, "a b");
  const Options each = options_of({"--per-task", "2", "--each", "-j", "4", "--retries", "1",
                                   "--backoff", "250ms", "--log-dir", "d", "rev"});
  EXPECT_EQ(each.items.shares.per_task, 2U);
  EXPECT_EQ(each.share.parallel, 4U);
  EXPECT_EQ(each.launch.retry.retries, 1U);
  EXPECT_TRUE(options_of({"--each", "--split", "cyclic", "rev"}).items.shares.wanted)
      << "the engine may know the number of tasks";
  EXPECT_FALSE(options_of({"rev"}).items.shares.wanted);
}

TEST(Build, TheStrongerLevelsNumberOfTasksHolds) {
  const Result<Options> options = read_line({"--per-task", "2", "rev"}, "--tasks 5");
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_EQ(options->items.shares.tasks, std::nullopt);
  EXPECT_EQ(options->items.shares.per_task, 2U);
  const Result<Options> other = read_line({"--tasks", "2", "rev"}, "--per-task 5");
  ASSERT_TRUE(other) << error_of(other);
  EXPECT_EQ(other->items.shares.tasks, 2U);
  EXPECT_EQ(other->items.shares.per_task, std::nullopt);
}

TEST(Build, AFileForAllSubcommandsMayHaveEach) {
  const TemporaryConfig file("item: a\neach: true\nparallel: 2\nsplit: cyclic\nwrite: p\n");
  for (const Words& words : {Words{"stage"}, Words{"count"}, Words{"show"}, Words{"run", "x"}}) {
    Reading all = reading(words);
    all.environment.set(kConfigVariable, file.path());
    const Result<Options> options = all.run();
    EXPECT_TRUE(options) << words[0] << ": " << error_of(options);
  }
  EXPECT_FALSE(read_line({"count", "--item", "a", "--split", "cyclic"}));
}

TEST(Build, IndexIsHandedOnAsText) {
  EXPECT_EQ(options_of({"-i", "0x3", "rev"}).index.number, "0x3");
  EXPECT_EQ(options_of({"-i", "", "rev"}).index.number, "");
  EXPECT_EQ(options_of({"--index-env", "A", "rev"}).index.variable, "A");
  EXPECT_EQ(options_of({"--index-file", "a", "rev"}).index.file, "a");
  EXPECT_EQ(options_of({"--engine", "slurm", "--base", "1", "rev"}).index.engine, "slurm");
  EXPECT_EQ(options_of({"--engine", "slurm", "--base", "1", "rev"}).index.base, 1U);
}

TEST(Build, Items) {
  const Options file = options_of({"-f", "l", "--skip-blank", "--comments", "rev"});
  EXPECT_EQ(std::get<items::File>(file.items.source).path, "l");
  EXPECT_FALSE(std::get<items::File>(file.items.source).format);
  EXPECT_TRUE(file.items.skip_blank);
  EXPECT_TRUE(file.items.comments);
  EXPECT_EQ(std::get<items::Directory>(options_of({"--items-dir", "d", "rev"}).items.source).path,
            "d");
  EXPECT_EQ(std::get<items::Variable>(options_of({"--items-env", "E", "rev"}).items.source).name,
            "E");
  EXPECT_EQ(std::get<items::File>(
                options_of({"-f", "l", "--format", "yaml", "--no-header", "rev"}).items.source)
                .format,
            items::Format::kYaml);
  EXPECT_EQ(std::get<items::Variable>(
                options_of({"--items-env", "E", "--format", "csv", "rev"}).items.source)
                .format,
            items::Format::kCsv);
  EXPECT_FALSE(options_of({"-f", "l", "--no-header", "rev"}).items.header);
  EXPECT_TRUE(file.items.header);
  EXPECT_TRUE(options_of({"count", "--item", "a", "--allow-duplicates"}).items.allow_duplicates);
}

TEST(Build, ComputedItems) {
  EXPECT_EQ(std::get<items::Range>(options_of({"--range", "1..3", "rev"}).items.source).text,
            "1..3");
  EXPECT_EQ(std::get<items::Glob>(options_of({"--glob", "*.x", "rev"}).items.source).pattern,
            "*.x");
  const auto product = std::get<items::Product>(
      options_of({"--zip", "--param", "a=1,2", "--exclude", "a=1,b=2", "--param", "b=2", "rev"})
          .items.source);
  EXPECT_THAT(product.parameters, ElementsAre("a=1,2", "b=2"));
  EXPECT_THAT(product.exclude, ElementsAre("a=1,b=2"));
  EXPECT_TRUE(product.zip);
  EXPECT_THAT(error_of(read_line({"--zip", "--items", "a", "rev"})), HasSubstr("no parameters"));
  EXPECT_THAT(error_of(read_line({"--range", "1..2", "--param", "a=1", "rev"})),
              HasSubstr("second source"));
}

TEST(Build, Inputs) {
  const Options options = options_of({"-w",       "a",       "--write-text",
                                      "b",        "",        "--write-mode",
                                      "600",      "-e",      "A=",
                                      "-e",       "_b_2={}", "--env-file",
                                      "f",        "--stdin", "",
                                      "--render", "s",       "d",
                                      "-C",       "dir",     "--no-template",
                                      "--delims", "<<",      ">>",
                                      "rev",      "-q"});
  using Content = inputs::Output::Content;
  ASSERT_EQ(options.inputs.outputs.size(), 3U);
  EXPECT_EQ(options.inputs.outputs[0].content, Content::kItem);
  EXPECT_EQ(options.inputs.outputs[1].content, Content::kText);
  EXPECT_EQ(options.inputs.outputs[2].content, Content::kRender);
  EXPECT_EQ(options.inputs.outputs[2].path, "d");
  EXPECT_EQ(options.inputs.outputs[2].text, "s");
  EXPECT_EQ(options.inputs.write_mode, 0600U);
  ASSERT_EQ(options.inputs.variables.size(), 2U);
  EXPECT_EQ(options.inputs.variables[0].value, "");
  EXPECT_EQ(options.inputs.variables[1].name, "_b_2");
  EXPECT_THAT(options.inputs.env_files, ElementsAre("f"));
  EXPECT_EQ(options.inputs.stdin_text, "");
  EXPECT_EQ(options.inputs.directory, "dir");
  EXPECT_FALSE(options.inputs.expand);
  EXPECT_EQ(options.inputs.delimiters, std::pair(std::string("<<"), std::string(">>")));
  EXPECT_THAT(options.inputs.command, ElementsAre("rev", "-q"));
}

TEST(Build, AVariableHasANameThatShellsRead) {
  for (const char* wrong : {"A.B=1", "1A=1", "{item}=x", "A-B=", "A B=1"}) {
    const std::string name(wrong, std::string_view(wrong).find('='));
    EXPECT_THAT(error_of(read_line({"-e", wrong, "rev"})),
                HasSubstr("--env: '" + name + "' is not the name of a variable: expected letters"))
        << wrong;
  }
  const TemporaryConfig file("env:\n  A.B: x\n");
  EXPECT_THAT(error_of(read_line({"--config", file.path(), "rev"})),
              HasSubstr(":2:3: env: 'A.B' is not the name"));
}

TEST(Build, EveryIndexAndOneIndexExcludeEachOther) {
  EXPECT_THAT(error_of(read_line({"show", "--all", "-i", "1"})),
              HasSubstr("--index: contradicts --all"));
  EXPECT_TRUE(read_line({"show", "--engine", "sge", "--all"})) << "says where numbers begin";
  EXPECT_TRUE(read_line({"show", "--all"}, "--index 1")) << "not needed, but no contradiction";
  EXPECT_TRUE(read_line({"show", "-i", "1"}));
}

TEST(Build, LaunchConfineStatusAndLog) {
  const Options options = options_of({"--supervise",
                                      "always",
                                      "--grace",
                                      "0",
                                      "--timeout",
                                      "1.5m",
                                      "--user",
                                      "1:2",
                                      "--cap-drop",
                                      "ALL",
                                      "--cap-add",
                                      "CHOWN",
                                      "--no-new-privs",
                                      "--seccomp-deny",
                                      "ptrace",
                                      "--exit-code",
                                      "item=9",
                                      "--map-exit",
                                      "sig:TERM=0",
                                      "--allow-term-success",
                                      "--message",
                                      "never",
                                      "--message-file",
                                      "m",
                                      "--log-format",
                                      "json",
                                      "rev"});
  EXPECT_EQ(options.launch.supervise, launch::Supervise::kAlways);
  EXPECT_EQ(options.launch.grace, Milliseconds(0));
  EXPECT_EQ(options.launch.timeout, Milliseconds(90'000));
  EXPECT_EQ(options.confine.user, "1:2");
  EXPECT_THAT(options.confine.cap_drop, ElementsAre("ALL"));
  EXPECT_THAT(options.confine.cap_add, ElementsAre("CHOWN"));
  EXPECT_TRUE(options.confine.no_new_privs);
  EXPECT_THAT(options.confine.seccomp_deny, ElementsAre("ptrace"));
  EXPECT_THAT(options.status.exit_codes, ElementsAre("item=9"));
  EXPECT_THAT(options.status.map_exit, ElementsAre("sig:TERM=0"));
  EXPECT_TRUE(options.status.allow_term_success);
  EXPECT_EQ(options.status.message, status::Message::kNever);
  EXPECT_EQ(options.status.message_file, "m");
  EXPECT_EQ(options.log.format, log::Format::kJson);
  EXPECT_FALSE(options_of({"--timeout", "0", "rev"}).launch.timeout) << "0 is never";
}

TEST(Build, Access) {
  const Options options = options_of({"--ro",          "/in",         "--rw",
                                      "/out/",         "--exec",      "/usr",
                                      "--ro",          "/etc",        "--tcp-bind",
                                      "80,65535",      "--tcp-bind",  "1",
                                      "--tcp-connect", "none",        "--tcp-connect",
                                      "none",          "--scope",     "signal,abstract-unix",
                                      "--landlock",    "best-effort", "rev"});
  using Right = inputs::Access::Right;
  const std::vector<inputs::Access>& access = options.inputs.access;
  ASSERT_EQ(access.size(), 4U);
  EXPECT_EQ(access[0].path, "/in");
  EXPECT_EQ(access[0].right, Right::kRead);
  EXPECT_EQ(access[1].right, Right::kWrite);
  EXPECT_EQ(access[2].right, Right::kExecute);
  EXPECT_EQ(access[3].path, "/etc");
  const confine::AccessPolicy& policy = options.confine.access;
  EXPECT_TRUE(policy.paths);
  EXPECT_THAT(*policy.tcp_bind, ElementsAre(80, 65535, 1));
  EXPECT_TRUE(policy.tcp_connect && policy.tcp_connect->empty());
  EXPECT_TRUE(policy.scope_signal);
  EXPECT_TRUE(policy.scope_abstract_unix);
  EXPECT_EQ(policy.best_effort, true);
  EXPECT_TRUE(policy.narrows);
  EXPECT_FALSE(options_of({"--rw", "/out", "rev"}).confine.access.narrows);
  EXPECT_TRUE(options_of({"--landlock", "best-effort", "rev"}).confine.empty())
      << "asks for nothing by itself";
}

TEST(Build, PresetAndPrivateDirectories) {
  const Options options = options_of(
      {"--confine", "batch", "--private-tmp", "/scratch", "--private-home", "/home", "rev"});
  EXPECT_TRUE(options.confine.batch);
  EXPECT_FALSE(options.confine.empty());
  EXPECT_EQ(options.inputs.private_tmp, "/scratch");
  EXPECT_EQ(options.inputs.private_home, "/home");
  EXPECT_TRUE(options_of({"--confine", "none", "rev"}).confine.empty());
}

TEST(Build, Answers) {
  const Options show = options_of({"show", "--all", "--output", "json", "--item", "a"});
  EXPECT_EQ(show.subcommand, Subcommand::kShow);
  EXPECT_TRUE(show.all);
  EXPECT_EQ(show.output, Output::kJson);
  const Options count = options_of({"count", "--items-only", "--item", "a"});
  EXPECT_TRUE(count.items_only);
  EXPECT_EQ(count.output, Output::kText);
}

TEST(Build, RefusesValues) {
  struct Row {
    Words words;
    const char* message;
    const char* hint = "";
  };
  const Row rows[] = {
      {{"--items", "a,,b", "rev"}, "--items: element 2 of 'a,,b' is empty", "comma"},
      {{"--items", "", "rev"}, "--items: element 1 of '' is empty"},
      {{"--items-env", "X", "--format", "nul", "rev"}, "--format: no variable can hold NUL"},
      {{"-f", "x", "--format", "line", "rev"}, "--format: found 'line'", "did you mean lines?"},
      {{"-f", "", "rev"}, "--items-file: is empty, expected PATH"},
      {{"-w", "", "rev"}, "--write: is empty, expected PATH"},
      {{"--write-text", "", "x", "rev"}, "--write-text: is empty, expected PATH"},
      {{"--render", "x", "", "rev"}, "--render: is empty, expected DST"},
      {{"--delims", "", "x", "rev"}, "--delims: is empty, expected OPEN"},
      {{"--expect-count", "five", "rev"}, "--expect-count: found 'five'"},
      {{"--expect-count", "-1", "rev"}, "--expect-count: found '-1'"},
      {{"--base", "one", "rev"}, "--base: found 'one'"},
      {{"--write-mode", "0888", "rev"}, "--write-mode: found '0888', expected an octal mode"},
      {{"-e", "A", "rev"}, "--env: found 'A', expected NAME=TEMPLATE"},
      {{"-e", "=x", "rev"}, "--env: found '=x', expected NAME=TEMPLATE"},
      {{"-e", "A B=x", "rev"}, "--env: 'A B' is not the name of a variable"},
      {{"--grace", "soon", "rev"}, "--grace: found 'soon'"},
      {{"--timeout", "", "rev"}, "--timeout: is empty"},
      {{"--supervise", "allways", "rev"}, "--supervise: found 'allways'", "always"},
      {{"--message", "ever", "rev"}, "--message: found 'ever'", "never"},
      {{"--log-format", "yaml", "rev"}, "--log-format: found 'yaml', expected text or json"},
      {{"show", "--output", "jsn"}, "--output: found 'jsn'", "json"},
      {{"--exit-code", "item", "rev"}, "--exit-code: found 'item', expected CLASS=N"},
      {{"--map-exit", "3", "rev"}, "--map-exit: found '3', expected FROM=TO"},
      {{"--cap-drop", "", "rev"}, "--cap-drop: is empty"},
      {{"--seccomp-deny", "a,,b", "rev"}, "--seccomp-deny: element 2"},
      {{"--user", "", "rev"}, "--user: is empty"},
      {{"--ro", "", "rev"}, "--ro: is empty, expected PATH"},
      {{"--tcp-bind", "0", "rev"}, "--tcp-bind: found '0', expected a port from 1 to 65535"},
      {{"--tcp-bind", "80,65536", "rev"}, "--tcp-bind: found '65536'"},
      {{"--tcp-connect", "http", "rev"}, "--tcp-connect: found 'http'"},
      {{"--tcp-connect", "80,none", "rev"}, "--tcp-connect: found 'none'"},
      {{"--tcp-connect", "80", "--tcp-connect", "none", "rev"}, "none contradicts"},
      {{"--tcp-connect", "none", "--tcp-connect", "80", "rev"}, "'80' contradicts none"},
      {{"--scope", "signal,ptrace", "rev"}, "--scope: found 'ptrace'"},
      {{"--confine", "strict", "rev"}, "--confine: found 'strict', expected none or batch"},
      {{"--private-tmp", "", "rev"}, "--private-tmp: is empty, expected DIR"},
      {{"--landlock", "best", "rev"}, "--landlock: found 'best', expected strict or best-effort"},
  };
  for (const Row& row : rows) {
    const Result<Options> result = read_line(row.words);
    ASSERT_FALSE(result) << row.message;
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_THAT(error_of(result), HasSubstr(row.message));
    EXPECT_THAT(result.error().hint, HasSubstr(row.hint)) << row.message;
  }
}

}  // namespace
}  // namespace indexrun::options
