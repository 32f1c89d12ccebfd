// SPDX-License-Identifier: Apache-2.0
// The environment of the workload.
#include "inputs/variables.h"

#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Variables : public Worker {};

TEST_F(Variables, TheInheritedOnesStayInOrder) {
  inherited.set("PATH", "/bin");
  inherited.set("JOB_COMPLETION_INDEX", "3");
  EXPECT_THAT(inputs().environment.entries(), ElementsAre("PATH=/bin", "JOB_COMPLETION_INDEX=3",
                                                          "INDEXRUN_INDEX=3", "INDEXRUN_ITEM=foo"));
}

TEST_F(Variables, OurOwnTellTheItem) {
  item.count = 5;
  item.fields = {{"name", "n"}, {"Learning-Rate", "0.1"}};
  add_text("x", "");
  add_write("in/data");
  const Inputs got = inputs();
  EXPECT_EQ(got.environment.get("INDEXRUN_COUNT"), "5");
  EXPECT_EQ(got.environment.get("INDEXRUN_FIELD_NAME"), "n");
  EXPECT_EQ(got.environment.get("INDEXRUN_FIELD_LEARNING_RATE"), "0.1");
  const auto file = got.environment.get("INDEXRUN_ITEM_FILE");
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->starts_with('/') && file->ends_with("/in/data")) << *file;
  EXPECT_THAT(got.changed,
              ElementsAre("INDEXRUN_INDEX", "INDEXRUN_ITEM", "INDEXRUN_ITEM_FILE", "INDEXRUN_COUNT",
                          "INDEXRUN_FIELD_NAME", "INDEXRUN_FIELD_LEARNING_RATE"));
}

TEST_F(Variables, TheRoleIsToldWhereThereIsOne) {
  EXPECT_EQ(inputs().environment.get("INDEXRUN_ROLE"), std::nullopt);
  item.role = "master";
  EXPECT_EQ(inputs().environment.get("INDEXRUN_ROLE"), "master");
}

TEST_F(Variables, TheSlotIsToldWhereThereIsOne) {
  EXPECT_EQ(inputs().environment.get("INDEXRUN_SLOT"), std::nullopt);
  const auto got = expand(spec, item, Turn{.attempt = 0, .slot = 2}, inherited);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->environment.get("INDEXRUN_SLOT"), "2");
}

TEST_F(Variables, OfAClearedEnvironmentOnlyPathAndTheNamedOnesAreLeft) {
  for (const char* name : {"A", "PATH", "LC_ALL", "LC", "LC_", "AB"}) {
    inherited.set(name, "1");
  }
  spec.env_clear = true;
  EXPECT_THAT(inputs().environment.entries(),
              ElementsAre("PATH=1", "INDEXRUN_INDEX=3", "INDEXRUN_ITEM=foo"));
  spec.env_keep = {"LC_*", "A", "NONE"};
  EXPECT_THAT(inherited_part(spec, inherited).entries(),
              ElementsAre("A=1", "PATH=1", "LC_ALL=1", "LC_=1"));
}

TEST_F(Variables, OfAVariableThatIsThereTwiceTheFirstIsKept) {
  const char* const entries[] = {"A=1", "noise", "A=2", "=x", nullptr};
  spec.env_keep = {"*"};
  EXPECT_THAT(inherited_part(spec, Environment::copy(entries)).entries(), ElementsAre("A=1", "=x"));
}

TEST_F(Variables, ALoginIsStrongerThanWhatIsInheritedAndWeakerThanEnv) {
  inherited.set("HOME", "/root");
  spec.login = {{"HOME", "/home/{x}"}, {"USER", "me"}};
  spec.variables = {{"USER", "you"}};
  EXPECT_EQ(inputs().environment.get("HOME"), "/home/{x}");
  EXPECT_EQ(inputs().environment.get("USER"), "you");
}

TEST_F(Variables, OnlyWriteNamesTheItemFile) {
  add_text("x", "{item}");
  EXPECT_EQ(inputs().environment.get("INDEXRUN_ITEM_FILE"), std::nullopt);
}

TEST_F(Variables, StaleOnesDoNotLeakThrough) {
  for (const char* name :
       {"INDEXRUN_INDEX", "INDEXRUN_ITEM", "INDEXRUN_ITEM_FILE", "INDEXRUN_COUNT", "INDEXRUN_ROLE",
        "INDEXRUN_SLOT", "INDEXRUN_FIELD_NAME", "INDEXRUN_FIELDS", "INDEXRUN_ITEMS"}) {
    inherited.set(name, "stale");
  }
  item.text = std::string(kLongestOwnValue + 1, 'x');
  const Inputs got = inputs();
  EXPECT_THAT(got.environment.entries(),
              ElementsAre("INDEXRUN_FIELDS=stale", "INDEXRUN_ITEMS=stale", "INDEXRUN_INDEX=3"));
}

TEST_F(Variables, LongValuesAndNulBytesAreLeftOut) {
  item.text = std::string(kLongestOwnValue, 'x');
  item.fields = {{"long", item.text + "x"}, {"nul", std::string("a\0b", 3)}, {"ok", "y"}};
  const Inputs got = inputs();
  EXPECT_EQ(got.environment.get("INDEXRUN_ITEM")->size(), kLongestOwnValue);
  EXPECT_EQ(got.environment.get("INDEXRUN_FIELD_LONG"), std::nullopt);
  EXPECT_EQ(got.environment.get("INDEXRUN_FIELD_NUL"), std::nullopt);
  EXPECT_EQ(got.environment.get("INDEXRUN_FIELD_OK"), "y");
  item.text = std::string("a\0b", 3);
  EXPECT_EQ(inputs().environment.get("INDEXRUN_ITEM"), std::nullopt);
}

TEST_F(Variables, FieldNamesBecomeLegalNames) {
  EXPECT_EQ(field_variable("name"), "INDEXRUN_FIELD_NAME");
  EXPECT_EQ(field_variable("a.b c-d"), "INDEXRUN_FIELD_A_B_C_D");
  EXPECT_EQ(field_variable("9_x"), "INDEXRUN_FIELD_9_X");
  EXPECT_EQ(field_variable("\xC3\xA9"), "INDEXRUN_FIELD___");
}

TEST_F(Variables, FieldsThatShareAVariableAreAnError) {
  item.fields = {{"a b", "1"}, {"x", "2"}, {"A-B", "3"}};
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_EQ(error().object, "INDEXRUN_FIELD_A_B");
  EXPECT_THAT(error().problem, AllOf(HasSubstr("'a b'"), HasSubstr("'A-B'")));
}

TEST_F(Variables, EnvBeatsEnvFilesAndLaterFilesEarlierOnes) {
  spec.env_files = {dir_.write("one", "A=1\nB={item}\nC=1\n"), dir_.write("two", "B=2\n")};
  spec.variables = {{"C", "{index}"}, {"D", ""}};
  inherited.set("A", "inherited");
  const Inputs got = inputs();
  EXPECT_THAT(got.environment.entries(),
              ElementsAre("A=1", "INDEXRUN_INDEX=3", "INDEXRUN_ITEM=foo", "B=2", "C=3", "D="));
  EXPECT_THAT(got.changed, ElementsAre("INDEXRUN_INDEX", "INDEXRUN_ITEM", "A", "B", "C", "D"));
}

TEST_F(Variables, EnvFilesOfOneLevelDoNotSetTheSameVariable) {
  const std::string one = dir_.write("one", "A=1\n");
  const std::string two = dir_.write("two", "B=2\nA=2\n");
  spec.env_files = {one, two};
  spec.env_file_levels = {0, 1};
  EXPECT_EQ(inputs().environment.get("A"), "2");
  spec.env_file_levels = {0, 0};
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_EQ(error().object, two + ":2");
  EXPECT_THAT(error().problem, HasSubstr("A is already set in " + one + ":1"));
}

TEST_F(Variables, EnvMayNameOneOfOurs) {
  spec.variables = {{"INDEXRUN_ITEM", "x{item}"}};
  EXPECT_EQ(inputs().environment.get("INDEXRUN_ITEM"), "xfoo");
  EXPECT_THAT(inputs().changed, ElementsAre("INDEXRUN_INDEX", "INDEXRUN_ITEM"));
}

TEST_F(Variables, TheEnvFilesPathIsATemplate) {
  dir_.write("foo.env", "A=1\n");
  spec.env_files = {dir_ / "{item}.env"};
  EXPECT_EQ(inputs().environment.get("A"), "1");
  item.text = "none";
  EXPECT_EQ(error().failure, Failure::kItem);
}

}  // namespace
}  // namespace indexrun::inputs
