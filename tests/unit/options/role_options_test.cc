// SPDX-License-Identifier: Apache-2.0
// Who wins between the levels and a role, and what is refused before any worker has its role.
#include "options/role_options.h"

#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHead = "item: [a, b]\nrole: ['0=master', '1..=worker']\n";

Result<Options> read_file(const std::string& text, Words words = {},
                          std::string_view variable = {}) {
  const TemporaryConfig file(text);
  const std::size_t at = !words.empty() && (words[0] == "stage" || words[0] == "show") ? 1 : 0;
  const Words config{"--config", file.path()};
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), config.begin(), config.end());
  return read_line(words, variable);
}

/// "NAME=VALUE" of the variables of a role.
std::vector<std::string> variables(const Options& options, std::string_view role) {
  std::vector<std::string> all;
  for (const inputs::Variable& variable : inputs_of(options, role).variables) {
    all.push_back(variable.name + "=" + variable.value);
  }
  return all;
}

TEST(RoleOptions, ARoleIsALevelBetweenTheVariableAndTheFile) {
  const Result<Options> options = read_file(
      kHead +
          "env: {A: file, B: file, C: file, D: file}\n"
          "chdir: file\n"
          "command: [all]\n"
          "roles: {master: {env: {A: role, B: role, C: role, E: role}, command: [one]}}\n",
      {"-e", "A=line"}, "-e B=variable --chdir variable");
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_THAT(variables(*options, "master"),
              testing::UnorderedElementsAre("A=line", "B=variable", "C=role", "D=file", "E=role"));
  EXPECT_THAT(variables(*options, "worker"),
              testing::UnorderedElementsAre("A=line", "B=variable", "C=file", "D=file"));
  EXPECT_EQ(inputs_of(*options, "master").directory, "variable");
  EXPECT_THAT(inputs_of(*options, "master").command, ElementsAre("one"));
  EXPECT_THAT(inputs_of(*options, "worker").command, ElementsAre("all"));
}

TEST(RoleOptions, TheCommandOfTheCommandLineWins) {
  const Result<Options> options =
      read_file(kHead + "roles: {master: {command: [one]}}\n", {"--", "line"});
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_THAT(inputs_of(*options, "master").command, ElementsAre("line"));
}

TEST(RoleOptions, OutputsMergeByPathAndEnvFilesAddUp) {
  const Result<Options> options =
      read_file(kHead +
                "write-text: {p: file, q: file}\nenv-file: f\ncommand: [x]\n"
                "roles: {master: {write-text: {q: role}, env-file: r, write-mode: '0600'}}\n");
  ASSERT_TRUE(options) << error_of(options);
  const inputs::Spec& master = inputs_of(*options, "master");
  ASSERT_EQ(master.outputs.size(), 2U);
  for (const inputs::Output& output : master.outputs) {
    EXPECT_EQ(output.text, output.path == "q" ? "role" : "file");
  }
  EXPECT_EQ(master.write_mode, 0600U);
  EXPECT_THAT(master.env_files, ElementsAre("f", "r")) << "the later one wins";
  EXPECT_EQ(options->inputs.write_mode, 0644U);
}

TEST(RoleOptions, ARoleMayHaveATimeLimit) {
  Result<Options> options =
      read_file(kHead + "timeout: 5\ncommand: [x]\nroles: {master: {timeout: 0}}\n");
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_EQ(options->launch.timeout, std::chrono::seconds(5));
  Options worker = *options;
  take_role(worker, "worker");
  EXPECT_EQ(worker.launch.timeout, std::chrono::seconds(5));
  take_role(*options, "master");
  EXPECT_EQ(options->launch.timeout, std::nullopt);
}

TEST(RoleOptions, ACommandIsNamedByItsPlace) {
  Result<Options> options = read_file(
      kHead + "command: [x, '{b}']\nroles: {master: {command: [y, '{a}']}, worker: {}}\n");
  ASSERT_TRUE(options) << error_of(options);
  Options worker = *options;
  take_role(worker, "worker");
  take_role(*options, "master");
  Error error{.object = "argument 1"};
  locate(worker, error);
  EXPECT_THAT(error.object, testing::EndsWith(".yaml:3:10: command: argument 1"));
  error.object = "argument 1";
  locate(*options, error);
  EXPECT_THAT(error.object, testing::EndsWith(".yaml:4:27: command: argument 1"));
}

TEST(RoleOptions, OneThatIsTakenIsTheOnlyOne) {
  Result<Options> options =
      read_file(kHead + "command: [x]\nroles: {master: {command: [y]}, worker: {command: [z]}}\n");
  ASSERT_TRUE(options) << error_of(options);
  take_role(*options, "master");
  EXPECT_THAT(options->inputs.command, ElementsAre("y"));
  EXPECT_EQ(&inputs_of(*options, "master"), &options->inputs) << "with what is added to it later";
}

TEST(RoleOptions, AreNoneWithoutTheKey) {
  const Result<Options> options = read_file(kHead + "command: [x]\n");
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_THAT(options->roles, IsEmpty());
  EXPECT_EQ(find_role(*options, "master"), nullptr);
}

TEST(RoleOptions, TakingOneBringsItsPlaces) {
  Result<Options> options =
      read_file(kHead + "command: [x]\nroles:\n  master: {chdir: d, env: {A: b}}\nenv: {B: c}\n");
  ASSERT_TRUE(options) << error_of(options);
  take_role(*options, "master");
  Error error{.object = "--chdir"};
  locate(*options, error);
  EXPECT_THAT(error.object, testing::EndsWith(".yaml:5:19: chdir"));
  error.object = "--env A";
  locate(*options, error);
  EXPECT_THAT(error.object, testing::EndsWith(".yaml: env A")) << "two places in one file";
}

TEST(RoleOptions, AreRefusedForAllWorkersAtOnce) {
  struct Row {
    const char* description;
    std::string text;
    Words words;
    const char* message;
    const char* hint;
  };
  const Row rows[] = {
      {"near",
       kHead + "roles: {mastr: {}}",
       {"x"},
       ":3:9: roles: no index has the role 'mastr'",
       "did you mean master?"},
      {"far",
       kHead + "roles: {qqqqqq: {}}",
       {"x"},
       "no index has the role 'qqqqqq'",
       "the roles are master, worker"},
      {"no roles at all",
       "item: a\nroles: {m: {}}",
       {"x"},
       "no index has the role 'm'",
       "--role RANGE=NAME"},
      {"the roles of the command line",
       kHead + "roles: {master: {}}",
       {"--role", "0..=all", "x"},
       "no index has the role 'master'",
       "the roles are all"},
      {"one without a program",
       kHead + "roles: {master: {command: [x]}}",
       {},
       ": role: the role 'worker' has no program to run",
       "beneath roles"},
      {"no program", kHead, {}, "COMMAND: no program to run", "--help"},
      {"a wrong value",
       kHead + "roles: {master: {write-mode: 9}}",
       {"x"},
       ":3:30: write-mode: found '9'",
       ""},
      {"a wrong time",
       kHead + "roles: {master: {timeout: soon}}",
       {"x"},
       ":3:27: timeout: found 'soon'",
       ""},
      {"no variable",
       kHead + "roles: {master: {env: {1A: x}}}",
       {"x"},
       ": env: '1A' is not the name",
       ""},
      {"an output twice",
       kHead + "roles: {master: {write: [p, p]}}",
       {"x"},
       ": write: writes 'p' a second time, after",
       ""},
      {"variables for nobody",
       kHead + "write: p\nroles: {worker: {env: {A: b}}}",
       {"stage"},
       ":4:24: env: there is no program",
       "--write-env"},
      {"nothing to write",
       kHead + "roles: {worker: {chdir: b}}",
       {"stage"},
       "stage: nothing to write",
       ""},
      {"a command for commands",
       "commands-file: f\nrole: 0..=m\nroles: {m: {command: [x]}}",
       {},
       "found 'x' for the role 'm', but --commands-file",
       ""},
  };
  for (const Row& row : rows) {
    const Result<Options> options = read_file(row.text, row.words);
    ASSERT_FALSE(options) << row.description;
    EXPECT_EQ(options.error().failure, Failure::kConfig);
    EXPECT_THAT(error_of(options), HasSubstr(row.message)) << row.description;
    EXPECT_THAT(options.error().hint, HasSubstr(row.hint)) << row.description;
  }
}

TEST(RoleOptions, AllowWhatCan) {
  EXPECT_TRUE(read_file(kHead + "roles: {worker: {write: p}}", {"stage"}))
      << "some role has something to write";
  EXPECT_TRUE(read_file(kHead + "roles: {master: {command: [x]}, worker: {command: [y]}}"));
  EXPECT_TRUE(read_file(kHead + "command: [x]\nroles: {master: {command: [x]}}"));
  EXPECT_TRUE(read_file(kHead + "roles: {master: {command: [x]}}", {"show"}));
}

}  // namespace
}  // namespace indexrun::options
