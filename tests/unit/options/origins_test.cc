// SPDX-License-Identifier: Apache-2.0
#include "options/origins.h"

#include "reading.h"

namespace indexrun::options {
namespace {

/// What becomes of the object of a later stage's error.
std::string located(const Options& options, std::string object) {
  Error error{.object = std::move(object)};
  locate(options, error);
  return error.object;
}

TEST(Origins, ASettingOfTheFileIsNamedByItsPlace) {
  const TemporaryConfig file(
      "user: bad\nexit-code:\n  - item=300\nenv: {A: x, B: y}\nitems: [a, b]\n");
  const Result<Options> options = read_line({"--config", file.path(), "rev"});
  ASSERT_TRUE(options) << error_of(options);
  const std::string& path = file.path();
  EXPECT_EQ(located(*options, "--user"), path + ":1:7: user");
  EXPECT_EQ(located(*options, "--exit-code"), path + ":3:5: exit-code");
  EXPECT_EQ(located(*options, "--env A"), path + ": env A") << "two of them: no line";
  EXPECT_EQ(located(*options, "--items"), path + ": items");
}

TEST(Origins, ASettingOfTheVariableIsNamedByIt) {
  const Result<Options> options = read_line({"rev"}, "--index x --item a --map-exit 1=2,3=4");
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_EQ(located(*options, "--index"), "INDEXRUN_OPTIONS: --index");
  EXPECT_EQ(located(*options, "--items"), "INDEXRUN_OPTIONS: --items");
  EXPECT_EQ(located(*options, "--map-exit"), "INDEXRUN_OPTIONS: --map-exit");
}

TEST(Origins, WhatTheCommandLineSaysStaysAsItIs) {
  const Result<Options> options = read_line({"-i", "1", "--cap-drop", "ALL", "-e", "A=1", "rev"},
                                            "--index 2 --cap-drop KILL --env B=2 --index-file f");
  EXPECT_FALSE(options) << "two sources of one level";
  const Result<Options> mixed = read_line({"-i", "1", "--cap-drop", "ALL", "-e", "A=1", "rev"},
                                          "--index 2 --cap-drop KILL --env B=2 --chdir d");
  ASSERT_TRUE(mixed) << error_of(mixed);
  for (const char* object :
       {"--index", "--cap-drop", "--env A", "--chdirs", "--", "", "items.txt"}) {
    EXPECT_EQ(located(*mixed, object), object);
  }
  EXPECT_EQ(located(*mixed, "--chdir: 3"), "INDEXRUN_OPTIONS: --chdir: 3");
}

TEST(Origins, TheCommandOfTheFileIsNamedByItsPlace) {
  const TemporaryConfig file("item: a\ncommand: [find, '{}']\n");
  const Result<Options> options = read_line({"--config", file.path()});
  ASSERT_TRUE(options) << error_of(options);
  EXPECT_EQ(located(*options, "argument 1"), file.path() + ":2:10: command: argument 1");
  EXPECT_EQ(located(*options, "COMMAND"), file.path() + ":2:10: command");
  const Result<Options> line = read_line({"--config", file.path(), "rev"});
  ASSERT_TRUE(line) << error_of(line);
  EXPECT_EQ(located(*line, "argument 1"), "argument 1");
}

TEST(Origins, TheLastChecksOfThisStageTellThemToo) {
  const Result<Options> options = read_line({"stage", "-w", "a"}, "-e A=1");
  EXPECT_THAT(error_of(options),
              testing::HasSubstr("options: INDEXRUN_OPTIONS: --env: there is no"));
}

}  // namespace
}  // namespace indexrun::options
