// SPDX-License-Identifier: Apache-2.0
#include "options/cut.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Views = std::vector<std::string_view>;

/// "--name", value, value...: what the option parser would be given.
std::vector<std::string> flat(const Cut& cut) {
  std::vector<std::string> words;
  for (const Occurrence& one : cut.occurrences) {
    words.push_back("--" + std::string(one.option->name));
    for (std::size_t i = 0; i < one.option->arity(); ++i) {
      words.emplace_back(one.values[i]);
    }
  }
  return words;
}

std::vector<std::string> command(const Cut& cut, const Views& words) {
  return {words.begin() + static_cast<std::ptrdiff_t>(cut.command), words.end()};
}

struct Row {
  const char* description;
  Views words;
  std::vector<std::string> options;
  std::vector<std::string> command;
};

class CutRows : public testing::TestWithParam<Row> {};

TEST_P(CutRows, OptionsAndCommandAreApart) {
  const Cut result = cut(GetParam().words);
  EXPECT_FALSE(result.error) << result.error->message();
  EXPECT_EQ(flat(result), GetParam().options);
  EXPECT_EQ(command(result, GetParam().words), GetParam().command);
}

const Row kRows[] = {
    {"--confine of show alone", {"show", "--confine", "rev"}, {}, {"rev"}},
    {"--confine of show before an option",
     {"show", "--confine", "-q", "rev"},
     {"--quiet"},
     {"rev"}},
    {"--confine of show at the end", {"show", "--confine"}, {}, {}},
    {"--confine of show before --", {"show", "--confine", "--", "batch"}, {}, {"batch"}},
    {"--confine of show with a preset",
     {"show", "--confine", "batch", "rev"},
     {"--confine", "batch"},
     {"rev"}},
    {"--confine of show with any value attached",
     {"show", "--confine=rev", "rev"},
     {"--confine", "rev"},
     {"rev"}},
    {"--confine of run takes what follows", {"--confine", "rev", "x"}, {"--confine", "rev"}, {"x"}},
    {"nothing", {}, {}, {}},
    {"only a command", {"rev", "x"}, {}, {"rev", "x"}},
    {"a flag and a command", {"-q", "rev"}, {"--quiet"}, {"rev"}},
    {"a value apart", {"--index", "3", "rev"}, {"--index", "3"}, {"rev"}},
    {"a value attached", {"--index=3", "rev"}, {"--index", "3"}, {"rev"}},
    {"an attached value with =", {"--env=A=b=c", "rev"}, {"--env", "A=b=c"}, {"rev"}},
    {"an attached empty value", {"--item=", "rev"}, {"--item", ""}, {"rev"}},
    {"an empty value apart", {"--item", "", "rev"}, {"--item", ""}, {"rev"}},
    {"a short option", {"-i", "3", "rev"}, {"--index", "3"}, {"rev"}},
    {"a short option, attached", {"-i3", "rev"}, {"--index", "3"}, {"rev"}},
    {"a short option keeps its =", {"-eA=b", "rev"}, {"--env", "A=b"}, {"rev"}},
    {"grouped flags", {"-qv", "rev"}, {"--quiet", "--verbose"}, {"rev"}},
    {"repeated flags", {"-vv", "rev"}, {"--verbose", "--verbose"}, {"rev"}},
    {"a group that ends in a value", {"-vi", "3", "x"}, {"--verbose", "--index", "3"}, {"x"}},
    {"a group with an attached value", {"-vi3", "x"}, {"--verbose", "--index", "3"}, {"x"}},
    {"a value that looks like an option",
     {"--item", "--items", "rev"},
     {"--item", "--items"},
     {"rev"}},
    {"a value that is --", {"--item", "--", "rev"}, {"--item", "--"}, {"rev"}},
    {"a value that is -", {"-f", "-", "rev"}, {"--items-file", "-"}, {"rev"}},
    {"a negative value", {"--index", "-1", "rev"}, {"--index", "-1"}, {"rev"}},
    {"brackets", {"--item", "[a,b]", "rev"}, {"--item", "[a,b]"}, {"rev"}},
    {"two values", {"--write-text", "a", "b", "rev"}, {"--write-text", "a", "b"}, {"rev"}},
    {"two values, the first attached",
     {"--write-text=a", "b", "rev"},
     {"--write-text", "a", "b"},
     {"rev"}},
    {"two values that are --", {"--render", "--", "--", "rev"}, {"--render", "--", "--"}, {"rev"}},
    {"delimiters", {"--delims", "<<", ">>", "rev"}, {"--delims", "<<", ">>"}, {"rev"}},
    {"-- before the command", {"-q", "--", "rev"}, {"--quiet"}, {"rev"}},
    {"-- before a program with a dash", {"--", "-x"}, {}, {"-x"}},
    {"-- before a subcommand's name", {"--", "run"}, {}, {"run"}},
    {"a second -- is the command's", {"--", "--", "x"}, {}, {"--", "x"}},
    {"options in the command",
     {"rev", "--item", "zzz", "--", "-q"},
     {},
     {"rev", "--item", "zzz", "--", "-q"}},
    {"--help in the command", {"rev", "--help"}, {}, {"rev", "--help"}},
    {"the command is -", {"-q", "-"}, {"--quiet"}, {"-"}},
    {"an empty command", {"-q", ""}, {"--quiet"}, {""}},
    {"the order is kept",
     {"--items", "a", "--item", "b", "--items", "c", "x"},
     {"--items", "a", "--item", "b", "--items", "c"},
     {"x"}},
    {"run is a subcommand", {"run", "-q", "rev"}, {"--quiet"}, {"rev"}},
    {"run again is a program", {"run", "run", "x"}, {}, {"run", "x"}},
    {"a subcommand after an option is a program", {"-q", "stage"}, {"--quiet"}, {"stage"}},
};

std::string name_of(const testing::TestParamInfo<Row>& info) {
  std::string name;
  for (const char letter : std::string_view(info.param.description)) {
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  }
  return std::to_string(info.index) + "_" + name;
}

INSTANTIATE_TEST_SUITE_P(Lines, CutRows, testing::ValuesIn(kRows), name_of);

TEST(Cut, KnowsTheSubcommandOnlyAsTheFirstWord) {
  EXPECT_EQ(cut(Views{"stage"}).subcommand, Subcommand::kStage);
  EXPECT_TRUE(cut(Views{"stage"}).named);
  EXPECT_EQ(cut(Views{"-q", "stage"}).subcommand, Subcommand::kRun);
  EXPECT_FALSE(cut(Views{"rev"}).named);
}

struct Defect {
  const char* description;
  Views words;
  const char* message;
  const char* hint;
};

TEST(Cut, RefusesWithAReason) {
  const Defect rows[] = {
      {"unknown", {"--bogus-thing", "x"}, "options: --bogus-thing: unknown option", "--help"},
      {"near", {"--itmes", "a", "x"}, "options: --itmes: unknown option", "did you mean --items?"},
      {"near, attached", {"--indx=3"}, "options: --indx: unknown option", "did you mean --index?"},
      {"no abbreviation", {"--inde", "3"}, "options: --inde: unknown option", "--index"},
      {"unknown letter", {"-z"}, "options: -z: unknown option", "--help"},
      {"unknown letter in a group", {"-qz"}, "options: -z: unknown option", ""},
      {"a negative number", {"-3"}, "options: -3: unknown option", "--help"},
      {"missing value", {"--index"}, "options: --index: has no value, expected N", ""},
      {"missing value, short", {"-w"}, "options: --write: has no value, expected PATH", ""},
      {"one of two",
       {"--write-text", "a"},
       "options: --write-text: has too few values, expected PATH and TEMPLATE",
       ""},
      {"value of a flag",
       {"--quiet=yes", "x"},
       "options: --quiet: takes no value, found 'yes'",
       "'='"},
      {"empty value of a flag", {"--quiet=", "x"}, "options: --quiet: takes no value", ""},
      {"another subcommand's",
       {"count", "--write", "a"},
       "options: --write: is not an option of count",
       "it belongs to run, stage and show"},
      {"run has no --all",
       {"--all"},
       "options: --all: is not an option of run",
       "it belongs to show"},
      {"install has no --config",
       {"install", "--config", "a", "p"},
       "options: --config: is not an option of install",
       "run, stage, show and count"},
      {"three dashes", {"---"}, "options: ---: unknown option", ""},
  };
  for (const Defect& row : rows) {
    const Cut result = cut(row.words);
    ASSERT_TRUE(result.error) << row.description;
    EXPECT_EQ(result.error->failure, Failure::kConfig) << row.description;
    EXPECT_THAT(result.error->message(), HasSubstr(row.message)) << row.description;
    EXPECT_THAT(result.error->hint, HasSubstr(row.hint)) << row.description;
  }
}

TEST(Cut, HelpAndVersionWinOverErrors) {
  EXPECT_EQ(cut(Views{"--help"}).asked, Subcommand::kHelp);
  EXPECT_EQ(cut(Views{"-h"}).asked, Subcommand::kHelp);
  EXPECT_EQ(cut(Views{"-qV"}).asked, Subcommand::kVersion);
  EXPECT_EQ(cut(Views{"--bogus", "--help"}).asked, Subcommand::kHelp);
  EXPECT_EQ(cut(Views{"count", "--write", "x", "--version"}).asked, Subcommand::kVersion);
  EXPECT_EQ(cut(Views{"--version", "--help"}).asked, Subcommand::kVersion);
  EXPECT_FALSE(cut(Views{"rev", "--help"}).asked);
  EXPECT_FALSE(cut(Views{"--", "--help"}).asked);
  EXPECT_FALSE(cut(Views{"--item", "--help", "rev"}).asked) << "a value";
}

TEST(Cut, GoesOnAfterAnError) {
  const Cut result = cut(Views{"--bogus", "--message-file", "m", "rev"});
  EXPECT_TRUE(result.error);
  EXPECT_THAT(flat(result), ElementsAre("--message-file", "m"));
}

TEST(CutVariable, LeavesOutOtherSubcommandsOptions) {
  const Cut result = cut_variable(Views{"--write", "a", "-f", "x"}, Subcommand::kCount);
  EXPECT_FALSE(result.error);
  EXPECT_THAT(flat(result), ElementsAre("--items-file", "x"));
}

TEST(CutVariable, TakesOptionsOnly) {
  const std::pair<Views, const char*> rows[] = {
      {{"-q", "rev"}, "INDEXRUN_OPTIONS: found 'rev', expected options only"},
      {{"run"}, "INDEXRUN_OPTIONS: found 'run', expected options only"},
      {{"--"}, "INDEXRUN_OPTIONS: found '--', expected options only"},
      {{"--", "rev"}, "INDEXRUN_OPTIONS: found '--', expected options only"},
      {{"--help"}, "INDEXRUN_OPTIONS: --help: stands in a variable"},
      {{"-V"}, "INDEXRUN_OPTIONS: --version: stands in a variable"},
      {{"--itmes", "a"}, "INDEXRUN_OPTIONS: --itmes: unknown option"},
      {{"--index"}, "INDEXRUN_OPTIONS: --index: has no value"},
  };
  for (const auto& [words, message] : rows) {
    const Cut result = cut_variable(words, Subcommand::kRun);
    ASSERT_TRUE(result.error) << message;
    EXPECT_THAT(result.error->message(), HasSubstr(message));
    EXPECT_FALSE(result.asked);
  }
  EXPECT_FALSE(cut_variable({}, Subcommand::kRun).error);
}

TEST(Cut, TellsWhetherShowIsToExplain) {
  const auto of = [](const Views& words) {
    const Cut result = cut(words);
    return std::pair(result.explain, result.explain_alone);
  };
  EXPECT_EQ(of({"show", "--confine", "rev"}), std::pair(true, true));
  EXPECT_EQ(of({"show", "--confine", "none", "rev"}), std::pair(true, false));
  EXPECT_EQ(of({"show", "--confine=batch", "--confine", "rev"}), std::pair(true, true));
  EXPECT_EQ(of({"run", "--confine", "batch", "rev"}), std::pair(false, false));
  EXPECT_EQ(of({"show", "rev", "--confine"}), std::pair(false, false));
  const Views variable{"--confine", "batch"};
  EXPECT_FALSE(cut_variable(variable, Subcommand::kShow).explain);
}

}  // namespace
}  // namespace indexrun::options
