// SPDX-License-Identifier: Apache-2.0
// The whole stage: where settings come from, and what is left behind.
#include "reading.h"

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Read, TheTutorialByHand) {
  const Result<Options> result = read_line({"run", "--index", "3", "--items", "foo,bar,baz,qux,xyz",
                                            "--write", "data.txt", "--", "rev", "data.txt"});
  ASSERT_TRUE(result) << error_of(result);
  EXPECT_EQ(result.value().index.number, "3");
  EXPECT_EQ(std::get<items::Inline>(result.value().items.source).items.size(), 5U);
  EXPECT_THAT(result.value().inputs.command, ElementsAre("rev", "data.txt"));
}

TEST(Read, TakesBothVariablesOutOfTheEnvironment) {
  const TemporaryConfig file("item: [a]");
  for (const Words& words :
       {Words{"rev"}, Words{"--bogus"}, Words{"--help"}, Words{"install", "x"}}) {
    Reading all = reading(words, "-q");
    all.environment.set(kConfigVariable, file.path());
    all.environment.set("OTHER", "stays");
    static_cast<void>(all.run().has_value());
    EXPECT_THAT(all.environment.entries(), ElementsAre("OTHER=stays"));
  }
}

TEST(Read, TheVariableIsSplitLikeAShellWould) {
  const Result<Options> result =
      read_line({"rev"}, "-w 'a b' --env \"A=it's\" --item=x\\ y --write-text p ''\n-v");
  ASSERT_TRUE(result) << error_of(result);
  EXPECT_EQ(result.value().inputs.outputs[0].path, "a b");
  EXPECT_EQ(result.value().inputs.variables[0].value, "it's");
  EXPECT_THAT(std::get<items::Inline>(result.value().items.source).items, ElementsAre("x y"));
  EXPECT_EQ(result.value().log.level, log::Level::kChosen);
}

TEST(Read, AnEmptyVariableSaysNothing) {
  Reading all = reading({"rev"});
  all.environment.set(kOptionsVariable, "");
  EXPECT_TRUE(all.run());
}

TEST(Read, DefectsOfTheVariableNameIt) {
  EXPECT_THAT(error_of(read_line({"rev"}, "--item 'a")), StartsWith("options: INDEXRUN_OPTIONS: "));
  EXPECT_THAT(error_of(read_line({"rev"}, "rev")), HasSubstr("expected options only"));
  EXPECT_THAT(error_of(read_line({"rev"}, "--expect-count x")),
              StartsWith("options: INDEXRUN_OPTIONS: --expect-count: found 'x'"));
}

TEST(Read, TheVariableMayNameAnotherSubcommandsOptions) {
  const Result<Options> result =
      read_line({"count", "--item", "a"}, "--all --write x --output json -- ");
  EXPECT_THAT(error_of(result), HasSubstr("found '--'"));
  const Result<Options> other =
      read_line({"count", "--item", "a"}, "--all --write x --output json");
  ASSERT_TRUE(other) << error_of(other);
  EXPECT_TRUE(other.value().inputs.outputs.empty());
  EXPECT_EQ(other.value().output, Output::kJson);
}

TEST(Read, TheStrongestNameOfTheFileWins) {
  const TemporaryConfig line("item: [line]");
  const TemporaryConfig variable("item: [variable]");
  const TemporaryConfig environment("item: [environment]");
  const auto item = [&](Words words, const std::string& text) {
    Reading all = reading(std::move(words), text);
    all.environment.set(kConfigVariable, environment.path());
    const Result<Options> result = all.run();
    EXPECT_TRUE(result) << error_of(result);
    return std::get<items::Inline>(result.value().items.source).items.at(0);
  };
  EXPECT_EQ(item({"--config", line.path(), "rev"}, "--config " + variable.path()), "line");
  EXPECT_EQ(item({"rev"}, "--config " + variable.path()), "variable");
  EXPECT_EQ(item({"rev"}, ""), "environment");
}

TEST(Read, AFileThatIsNamedMustBeThere) {
  EXPECT_THAT(error_of(read_line({"--config", "/nonexistent", "rev"})),
              HasSubstr("options: /nonexistent: cannot be read: No such file"));
  EXPECT_THAT(error_of(read_line({"--config", "", "rev"})), HasSubstr("--config: is empty"));
  Reading all = reading({"rev"});
  all.environment.set(kConfigVariable, "");
  EXPECT_THAT(error_of(all.run()), HasSubstr("INDEXRUN_CONFIG: is empty"));
}

TEST(Read, TheCommandMayStandInTheFile) {
  const TemporaryConfig file("command: [rev, data.txt]\nwrite: data.txt");
  const Result<Options> from_file = read_line({"--config", file.path(), "--index", "3"});
  ASSERT_TRUE(from_file) << error_of(from_file);
  EXPECT_THAT(from_file.value().inputs.command, ElementsAre("rev", "data.txt"));
  const Result<Options> from_line = read_line({"--config", file.path(), "cat"});
  ASSERT_TRUE(from_line);
  EXPECT_THAT(from_line.value().inputs.command, ElementsAre("cat"));
  EXPECT_TRUE(read_line({"stage", "--config", file.path()})) << "run's command is not stage's";
  EXPECT_TRUE(read_line({"count", "--config", file.path()}));
}

TEST(Read, DefectsOfTheFileSayTheirPlace) {
  const TemporaryConfig file("item: [a]\nexpect-count: many\n");
  EXPECT_THAT(error_of(read_line({"--config", file.path(), "rev"})),
              HasSubstr(file.path() + ":2:15: expect-count: found 'many'"));
}

TEST(Read, InstallHelpAndVersionReadNeither) {
  for (const Words& words :
       {Words{"install", "x"}, Words{"--help"}, Words{"count", "-h"}, Words{"--version"}}) {
    Reading all = reading(words, "--bogus 'open");
    all.environment.set(kConfigVariable, "/nonexistent");
    const Result<Options> result = all.run();
    EXPECT_TRUE(result) << error_of(result);
  }
}

TEST(Read, HelpAndVersionAreTexts) {
  const Result<Options> help = read_line({"--bogus", "--help"});
  ASSERT_TRUE(help);
  EXPECT_EQ(help.value().subcommand, Subcommand::kHelp);
  EXPECT_THAT(help.value().help, HasSubstr("indexrun install PATH"));
  EXPECT_THAT(read_line({"stage", "-h"}).value().help, HasSubstr("Usage: indexrun stage"));
  const Result<Options> version = read_line({"-V"});
  ASSERT_TRUE(version);
  EXPECT_EQ(version.value().subcommand, Subcommand::kVersion);
  EXPECT_THAT(version.value().help, testing::MatchesRegex("indexrun [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Read, NothingInCommandIsOurs) {
  const Words command{"rev", "--item", "zzz", "--", "run", "x", "[a,b]", "", "-h", "--version"};
  for (const bool dashes : {false, true}) {
    Words words{"--item", "a"};
    if (dashes) {
      words.push_back("--");
    }
    words.insert(words.end(), command.begin(), command.end());
    const Result<Options> result = read_line(words);
    ASSERT_TRUE(result) << error_of(result);
    EXPECT_EQ(result.value().inputs.command, command);
  }
}

TEST(Partial, SaysHowToReportAnErrorOfTheLine) {
  Reading all = reading({"stage", "--message-file", "m", "--message", "always", "--exit-code",
                         "config=9", "--log-format", "json", "-q", "--bogus"});
  EXPECT_FALSE(all.run());
  EXPECT_EQ(all.partial.subcommand, Subcommand::kStage);
  EXPECT_EQ(all.partial.status.message_file, "m");
  EXPECT_EQ(all.partial.status.message, status::Message::kAlways);
  EXPECT_THAT(all.partial.status.exit_codes, ElementsAre("config=9"));
  EXPECT_EQ(all.partial.log.format, log::Format::kJson);
  EXPECT_EQ(all.partial.log.level, log::Level::kError);
}

TEST(Read, InstallAnswersForHelpBehindItsPath) {
  for (const Words& words : {Words{"install", "x", "--help"}, Words{"install", "x", "y", "-h"}}) {
    const Result<Options> result = read_line(words);
    ASSERT_TRUE(result) << error_of(result);
    EXPECT_EQ(result->subcommand, Subcommand::kHelp);
    EXPECT_THAT(result->help, HasSubstr("Usage: indexrun install PATH"));
  }
  const Result<Options> version = read_line({"install", "x", "-V"});
  ASSERT_TRUE(version);
  EXPECT_EQ(version->subcommand, Subcommand::kVersion);
  const Result<Options> path = read_line({"install", "--", "--help"});
  ASSERT_TRUE(path) << error_of(path);
  EXPECT_EQ(path->install_path, "--help");
}

TEST(Partial, LeavesOutWhatIsWrongItself) {
  Reading all =
      reading({"--message", "sometimes", "--message-file", "m", "--exit-code", "x", "rev"});
  EXPECT_FALSE(all.run());
  EXPECT_EQ(all.partial.status.message, status::Message::kFailure);
  EXPECT_EQ(all.partial.status.message_file, "m");
  EXPECT_TRUE(all.partial.status.exit_codes.empty());
}

TEST(Partial, KnowsTheLineWhenAnotherLevelIsWrong) {
  Reading variable = reading({"--message-file", "m", "rev"}, "--message-file n --bogus");
  EXPECT_FALSE(variable.run());
  EXPECT_EQ(variable.partial.status.message_file, "m");
  const TemporaryConfig file("message-file: n\nbogus: 1");
  Reading config = reading({"--message-file", "m", "--config", file.path(), "rev"});
  EXPECT_FALSE(config.run());
  EXPECT_EQ(config.partial.status.message_file, "m");
}

TEST(Partial, KnowsAllLevelsWhenTheyAreSound) {
  const TemporaryConfig file("message-file: n\nquiet: true");
  Reading all = reading({"--config", file.path(), "--exit-code", "config=9"});
  EXPECT_THAT(error_of(all.run()), HasSubstr("no program to run"));
  EXPECT_EQ(all.partial.status.message_file, "n");
  EXPECT_EQ(all.partial.log.level, log::Level::kError);
  EXPECT_THAT(all.partial.status.exit_codes, ElementsAre("config=9"));
}

}  // namespace
}  // namespace indexrun::options
