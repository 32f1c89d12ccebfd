// SPDX-License-Identifier: Apache-2.0
#include "options/config_roles.h"

#include "options/config_file.h"
#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kText =
    "item: a\n"
    "roles:\n"
    "  master:\n"
    "    command: [gather, '{count}']\n"
    "    env: {A: x}\n"
    "    write: [p, q]\n"
    "    timeout: 5m\n"
    "  worker: {stdin: ''}\n"
    "  idle: {}\n";

FileSettings file_of(const std::string& text, Subcommand subcommand = Subcommand::kRun) {
  FileSettings file;
  const auto result = read_config(text, "job.yaml", subcommand, file);
  EXPECT_TRUE(result) << result.error().message();
  return file;
}

TEST(ConfigRoles, EachHasSettingsOfItsOwn) {
  const FileSettings file = file_of(kText);
  EXPECT_EQ(file.settings.size(), 1U) << "they are not those of the file";
  ASSERT_EQ(file.roles.size(), 3U);
  const RoleSection& master = file.roles[0];
  EXPECT_EQ(master.name, "master");
  EXPECT_EQ(where(master.place), "job.yaml:3:3");
  EXPECT_THAT(master.command, ElementsAre("gather", "{count}"));
  ASSERT_EQ(master.settings.size(), 4U);
  EXPECT_EQ(master.settings[0].value(), "A=x");
  EXPECT_EQ(master.settings[0].level, Level::kRole);
  EXPECT_EQ(where(master.settings[2]), "job.yaml:6:16: write");
  EXPECT_EQ(file.roles[1].settings.size(), 1U);
  EXPECT_THAT(file.roles[2].settings, IsEmpty());
}

TEST(ConfigRoles, WhatASubcommandDoesNotTakeIsLeftOut) {
  const FileSettings stage = file_of(kText, Subcommand::kStage);
  EXPECT_THAT(stage.roles.at(0).command, IsEmpty());
  EXPECT_EQ(stage.roles.at(0).settings.size(), 3U) << "no timeout";
  EXPECT_THAT(stage.roles.at(1).settings, IsEmpty()) << "no stdin";
  EXPECT_THAT(file_of(kText, Subcommand::kCount).roles, IsEmpty());
}

TEST(ConfigRoles, EveryInputCanBeARoles) {
  for (const Option& option : table()) {
    if (option.group != Group::kInputs) {
      continue;
    }
    const std::string value = option.yaml == Yaml::kMapping ? "{A: b}"
                              : option.yaml == Yaml::kFlag  ? "true"
                                                            : "x";
    const std::string text = "roles: {r: {" + std::string(option.name) + ": " + value + "}}";
    const Subcommand taker =
        option.belongs_to(Subcommand::kRun) ? Subcommand::kRun : Subcommand::kStage;
    EXPECT_EQ(file_of(text, taker).roles.at(0).settings.size(), 1U) << text;
  }
}

TEST(ConfigRoles, RefusesWithThePlace) {
  struct Row {
    const char* description;
    const char* text;
    const char* message;
    const char* hint;
  };
  const Row rows[] = {
      {"a near key", "roles:\n  m: {comand: [x]}", "job.yaml:2:7: 'comand' is not a setting of",
       "did you mean command?"},
      {"an unknown key", "roles: {m: {qqqqqqqq: x}}", "'qqqqqqqq' is not a setting of a role",
       "a role may have command, write,"},
      {"another option", "roles: {m: {items: [x]}}",
       "'items' is not a setting of a role, found for 'm'", "beside roles"},
      {"confinement", "roles: {m: {user: 1}}", "'user' is not a setting of a role", "all roles"},
      {"a list", "roles: [m]", "job.yaml:1:8: roles: found a sequence of 1, expected a mapping",
       ""},
      {"a text", "roles: m", "roles: found 'm', expected a mapping of roles", ""},
      {"nothing", "roles:\nquiet: true", "roles: found nothing, expected a mapping", ""},
      {"a role without settings", "roles:\n  m:\n  n: {}", "expected a mapping of settings for",
       ""},
      {"a role that is a list", "roles: {m: [x]}", "for the role 'm'", ""},
      {"a role twice", "roles:\n  m: {}\n  m: {}", "job.yaml:3:3: the key 'm' stands twice",
       "job.yaml:2:3"},
      {"a key twice", "roles: {m: {write: a, write: b}}", "the key 'write' stands twice", ""},
      {"a merge key", "roles: {m: {<<: {write: a}}}", "found a merge key", ""},
      {"a command that is a text", "roles: {m: {command: x}}",
       "job.yaml:1:22: command: found 'x', expected a sequence", ""},
      {"an empty command", "roles: {m: {command: []}}", "command: found an empty sequence", ""},
      {"a list for a mapping", "roles: {m: {env: [A=b]}}", "env: found a sequence of 1", ""},
      {"a mapping for a text", "roles: {m: {chdir: {a: b}}}", "chdir: found a mapping", ""},
  };
  for (const Row& row : rows) {
    FileSettings file;
    const auto result = read_config(row.text, "job.yaml", Subcommand::kRun, file);
    ASSERT_FALSE(result) << row.description;
    EXPECT_EQ(result.error().failure, Failure::kConfig);
    EXPECT_THAT(result.error().message(), HasSubstr(row.message)) << row.description;
    EXPECT_THAT(result.error().hint, HasSubstr(row.hint)) << row.description;
  }
}

TEST(ConfigRoles, AreCheckedForEverySubcommand) {
  FileSettings file;
  EXPECT_FALSE(read_config("roles: {m: {comand: [x]}}", "f", Subcommand::kCount, file));
}

}  // namespace
}  // namespace indexrun::options
