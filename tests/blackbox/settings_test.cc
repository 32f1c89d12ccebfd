// SPDX-License-Identifier: Apache-2.0
// The levels of settings: options, then INDEXRUN_OPTIONS, then the YAML file, then defaults.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using Settings = Blackbox;

TEST_F(Settings, TheVariableAddsWhatTheCommandLineDoesNotSet) {
  Command run = indexrun("echo {}").env("INDEXRUN_OPTIONS", "--index 1 --items a,b");
  EXPECT_THAT(run.run(), Prints("b\n"));
}

TEST_F(Settings, TheVariableIsSplitByQuotingRulesWithoutAShell) {
  Command run = indexrun("printf [%s] {}");
  run.env("INDEXRUN_OPTIONS", R"(--index 0 --item 'a  b'"c $HOME"\ d)");
  EXPECT_THAT(run.run(), Prints("[a  bc $HOME d]"));
}

TEST_F(Settings, AnOpenQuoteInTheVariableIsAnError) {
  expect_refusal(indexrun("--index 0").command(kEcho).env("INDEXRUN_OPTIONS", "--item 'a"),
                 {.exit = 196, .stage = "options", .object = "INDEXRUN_OPTIONS"});
}

TEST_F(Settings, ACommandInTheVariableIsAnError) {
  expect_refusal(
      indexrun("--index 0 --item a").command(kEcho).env("INDEXRUN_OPTIONS", "-v -- echo other"),
      {.exit = 196, .stage = "options", .object = "INDEXRUN_OPTIONS"});
}

TEST_F(Settings, AnUnknownOptionInTheVariableNamesTheVariable) {
  expect_refusal(
      indexrun("--index 0 --item a").command(kEcho).env("INDEXRUN_OPTIONS", "--itms x"),
      {.exit = 196, .stage = "options", .says = {"--itms", "INDEXRUN_OPTIONS"}, .hint = "--items"});
}

TEST_F(Settings, TheCommandLineIsStrongerThanTheVariable) {
  Command run = indexrun("--index 0 --item mine echo {}");
  run.env("INDEXRUN_OPTIONS", "--index 1 --items a,b");
  EXPECT_THAT(run.run(), Prints("mine\n"));
}

TEST_F(Settings, SourcesAreTakenWholeFromTheStrongestLevel) {
  dir_.write("items.txt", "f\ng\n");
  Command run = indexrun("-f items.txt echo {}");
  run.env("INDEXRUN_OPTIONS", "--index-env NR --items a,b").env("NR", "1");
  EXPECT_THAT(run.run(), Prints("g\n"));
}

TEST_F(Settings, VariablesMergeByName) {
  Command run = indexrun("--index 0 --item a -e X=line env");
  run.clear_env().env("PATH", "/usr/bin:/bin").env("INDEXRUN_OPTIONS", "-e X=variable -e Y=2");
  Ran ran = run.run();
  EXPECT_THAT(ran.out, testing::HasSubstr("X=line\n"));
  EXPECT_THAT(ran.out, testing::HasSubstr("Y=2\n"));
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("X=variable")));
}

TEST_F(Settings, TwoEnvFilesOfOneLevelDoNotSetTheSameVariable) {
  dir_.write("one", "X=one\n");
  dir_.write("two", "X=two\n");
  expect_refusal(indexrun("--index 0 --item a --env-file one --env-file two env"),
                 {.exit = 196, .stage = "inputs", .object = "two:1"});
  Command run = indexrun("--index 0 --item a --env-file two env");
  EXPECT_THAT(run.env("INDEXRUN_OPTIONS", "--env-file one").run().out,
              testing::HasSubstr("X=two\n"));
}

TEST_F(Settings, BothVariablesAreTakenOutOfTheWorkloadsEnvironment) {
  dir_.write("c.yaml", "item: [a]\n");
  Command run =
      indexrun("--index 0 env").env("INDEXRUN_OPTIONS", "-q").env("INDEXRUN_CONFIG", "c.yaml");
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("INDEXRUN_OPTIONS")));
  EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("INDEXRUN_CONFIG")));
}

TEST_F(Settings, VersionAndHelpReadNeither) {
  for (const char* words : {"--version", "--help", "count --help"}) {
    Command run =
        indexrun(words).env("INDEXRUN_OPTIONS", "--no-such").env("INDEXRUN_CONFIG", "none");
    EXPECT_THAT(run.run(), Exits(0));
  }
}

TEST_F(Settings, InstallReadsNeither) {
  Command run = indexrun("install copy").env("INDEXRUN_OPTIONS", "--no-such");
  EXPECT_THAT(run.env("INDEXRUN_CONFIG", "none").run(), Exits(0));
  EXPECT_TRUE(dir_.has("copy"));
}

TEST_F(Settings, OptionsOfAnotherSubcommandAreIgnoredInTheVariable) {
  Command run = indexrun("count --items a,b").env("INDEXRUN_OPTIONS", "--timeout 5 --write x");
  EXPECT_THAT(run.run(), Prints("2\n"));
}

TEST_F(Settings, AWeakerLevelCannotLoosenConfinement) {
  Command run = indexrun("--index 0 --item a --cap-drop ALL").command(kEcho);
  expect_refusal(run.env("INDEXRUN_OPTIONS", "--cap-add CHOWN"), {.exit = 196, .stage = "options"});
  Command other = indexrun("--index 0 --item a --user 1000").command(kEcho);
  expect_refusal(other.env("INDEXRUN_OPTIONS", "--user 0"), {.exit = 196, .stage = "options"});
}

}  // namespace
}  // namespace indexrun::test
