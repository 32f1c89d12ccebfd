// SPDX-License-Identifier: Apache-2.0
#include "options/table.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

TEST(Table, NamesAndLettersAreUnique) {
  std::set<std::string_view> names;
  std::set<char> letters;
  for (const Option& row : table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    if (row.letter != 0) {
      EXPECT_TRUE(letters.insert(row.letter).second) << row.letter;
    }
  }
  EXPECT_FALSE(names.contains("command")) << "a key of the file that is no option";
}

TEST(Table, EveryRowIsFoundByItsNames) {
  for (const Option& row : table()) {
    EXPECT_EQ(find_option(row.name), &row);
    EXPECT_EQ(&option(row.id), &row);
    if (row.letter != 0) {
      EXPECT_EQ(find_option(row.letter), &row);
    }
  }
}

TEST(Table, NothingIsAbbreviated) {
  EXPECT_EQ(find_option("inde"), nullptr);
  EXPECT_EQ(find_option(""), nullptr);
  EXPECT_EQ(find_option('\0'), nullptr);
}

TEST(Table, ShortOptionsAreThoseOfTheDesign) {
  std::string letters;
  for (const Option& row : table()) {
    if (row.letter != 0) {
      letters += row.letter;
    }
  }
  EXPECT_EQ(letters, "ifjweCoqvhV");
}

TEST(Table, EveryRowHasHelpAndASubcommand) {
  for (const Option& row : table()) {
    EXPECT_FALSE(row.help.empty()) << row.name;
    EXPECT_NE(row.subcommands, 0) << row.name;
  }
}

TEST(Table, FlagsAndValuesHaveFittingKeys) {
  for (const Option& row : table()) {
    const bool flag = row.yaml == Yaml::kFlag || row.yaml == Yaml::kLevel;
    if (row.yaml != Yaml::kNone) {
      EXPECT_EQ(flag, row.arity() == 0) << row.name;
    }
    if (row.arity() == 2) {
      EXPECT_TRUE(row.yaml == Yaml::kMapping || row.yaml == Yaml::kPair) << row.name;
    }
    if (row.yaml == Yaml::kScalar) {
      EXPECT_FALSE(row.repeats()) << row.name;
    }
  }
}

TEST(Table, SubcommandsAreNamed) {
  EXPECT_EQ(subcommands_of(option(Id::kStdin)), "run and show");
  EXPECT_EQ(subcommands_of(option(Id::kAll)), "show");
  EXPECT_EQ(subcommands_of(option(Id::kWrite)), "run, stage and show");
  EXPECT_EQ(find_subcommand("stage"), Subcommand::kStage);
  EXPECT_FALSE(find_subcommand("help"));
  EXPECT_EQ(subcommand_name(Subcommand::kCount), "count");
  EXPECT_EQ(subcommand_name(Subcommand::kHelp), "");
}

TEST(Table, InstallTakesHelpAndVersionOnly) {
  for (const Option& row : table()) {
    EXPECT_EQ(row.belongs_to(Subcommand::kInstall), row.id == Id::kHelp || row.id == Id::kVersion)
        << row.name;
  }
}

}  // namespace
}  // namespace indexrun::options
