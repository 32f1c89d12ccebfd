// SPDX-License-Identifier: Apache-2.0
// Explicit sources and detection together.
#include "index/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

using testing::HasSubstr;

Environment environment(std::initializer_list<std::pair<const char*, const char*>> entries) {
  Environment result;
  for (const auto& [name, value] : entries) {
    result.set(name, value);
  }
  return result;
}

TEST(Read, TakesTheNumber) {
  const auto index = read({.number = "3"}, environment({}));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 3U);
  EXPECT_EQ(index.value().source, "--index");
  EXPECT_EQ(index.value().engine, "");
}

TEST(Read, TheNumberIsTheEnginesTaskNumber) {
  const auto index = read({.number = "3", .base = 1}, environment({}));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().task, 3U);
  EXPECT_EQ(index.value().position, 2U);
}

TEST(Read, ExplicitBeatsDetection) {
  const auto both = environment({{"JOB_COMPLETION_INDEX", "3"}, {"SLURM_ARRAY_TASK_ID", "5"}});
  EXPECT_EQ(read({.number = "1"}, both).value().position, 1U);
  EXPECT_EQ(read({.engine = "slurm"}, both).value().position, 5U);
  EXPECT_EQ(read({.variable = "JOB_COMPLETION_INDEX"}, both).value().position, 3U);
  EXPECT_FALSE(read({}, both).has_value());
}

TEST(Read, TakesAnyVariable) {
  const auto index = read({.variable = "MINE"}, environment({{"MINE", "2"}}));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 2U);
  EXPECT_EQ(index.value().source, "MINE");
}

TEST(Read, AVariableOfAnEngineKeepsItsBase) {
  const auto index = read({.variable = "SGE_TASK_ID"}, environment({{"SGE_TASK_ID", "1"}}));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 0U);
  EXPECT_EQ(index.value().engine, "sge");
}

TEST(Read, RefusesAVariableThatIsUnsetOrEmpty) {
  const auto unset = read({.variable = "MINE"}, environment({{"JOB_COMPLETION_INDEX", "3"}}));
  ASSERT_FALSE(unset.has_value());
  EXPECT_EQ(unset.error().object, "MINE");
  EXPECT_THAT(unset.error().problem, HasSubstr("is not set"));
  const auto empty = read({.variable = "MINE"}, environment({{"MINE", ""}}));
  ASSERT_FALSE(empty.has_value());
  EXPECT_THAT(empty.error().hint, HasSubstr("completionMode: Indexed"));
  const auto literal =
      read({.variable = "EARLY"}, environment({{"EARLY", "x$(JOB_COMPLETION_INDEX)"}}));
  ASSERT_FALSE(literal.has_value());
  EXPECT_EQ(literal.error().object, "EARLY");
  EXPECT_THAT(literal.error().hint, HasSubstr("fieldRef"));
}

TEST(Read, AsksAnEngineThatIsNotDetected) {
  const auto index =
      read({.engine = "gitlab"}, environment({{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}));
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 1U);
  EXPECT_EQ(index.value().announced.last, 4U);
  EXPECT_EQ(index.value().announced.count, 4U);
}

TEST(Read, AnEngineAskedForMustBeThere) {
  for (const auto& entries :
       {environment({{"JOB_COMPLETION_INDEX", "3"}}), environment({{"SGE_TASK_ID", "undefined"}}),
        environment({{"SGE_TASK_ID", ""}})}) {
    const auto index = read({.engine = "sge"}, entries);
    ASSERT_FALSE(index.has_value());
    EXPECT_EQ(index.error().object, "SGE_TASK_ID");
    EXPECT_EQ(index.error().failure, Failure::kConfig);
  }
}

TEST(Read, SuggestsTheEngineThatWasMeant) {
  const auto index = read({.engine = "kuberntes"}, environment({}));
  ASSERT_FALSE(index.has_value());
  EXPECT_EQ(index.error().object, "--engine");
  EXPECT_THAT(index.error().hint, HasSubstr("did you mean kubernetes?"));
}

TEST(Read, RefusesABaseAgainstTheEngine) {
  EXPECT_FALSE(read({.base = 1}, environment({{"JOB_COMPLETION_INDEX", "3"}})).has_value());
}

TEST(FirstTask, IsWhatTheBaseOrTheEngineSays) {
  Spec spec;
  EXPECT_EQ(*first_task(spec, {}), 0U);
  spec.base = 5;
  EXPECT_EQ(*first_task(spec, {}), 5U);
  spec = {};
  spec.engine = "sge";
  EXPECT_EQ(*first_task(spec, {}), 1U);
  spec = {};
  Environment environment;
  environment.set("SGE_TASK_ID", "3");
  EXPECT_EQ(*first_task(spec, environment), 1U) << "detected";
  environment.set("SGE_TASK_ID", "undefined");
  EXPECT_EQ(*first_task(spec, environment), 0U) << "no array";
}

}  // namespace
}  // namespace indexrun::index
