// SPDX-License-Identifier: Apache-2.0
// Bases and announced ranges.
#include "index/base.h"

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

TEST(BaseOf, IsTheEnginesOrTheUsersChoice) {
  EXPECT_EQ(base_of(*engine_named("kubernetes"), {}).value(), 0U);
  EXPECT_EQ(base_of(*engine_named("slurm"), {}).value(), 0U);
  EXPECT_EQ(base_of(*engine_named("slurm"), 1).value(), 1U);
  EXPECT_EQ(base_of(*engine_named("sge"), {}).value(), 1U);
  EXPECT_EQ(base_of(*engine_named("sge"), 100).value(), 100U);
  EXPECT_EQ(base_of(*engine_named("parallel"), {}).value(), 1U);
}

TEST(BaseOf, RefusesABaseThatTheEngineCannotHave) {
  EXPECT_FALSE(base_of(*engine_named("kubernetes"), 1).has_value());
  EXPECT_FALSE(base_of(*engine_named("sge"), 0).has_value());
  EXPECT_EQ(base_of(*engine_named("kubernetes"), 1).error().object, "--base");
}

TEST(AnnouncedRange, TakesSlurmsListWithoutItsMisleadingStep) {
  // --array=0-10:2,15
  const auto range = announced_range(*engine_named("slurm"),
                                     environment({{"SLURM_ARRAY_TASK_COUNT", "7"},
                                                  {"SLURM_ARRAY_TASK_MIN", "0"},
                                                  {"SLURM_ARRAY_TASK_MAX", "15"},
                                                  {"SLURM_ARRAY_TASK_STEP", "2"}}),
                                     15);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range.value().first, 0U);
  EXPECT_EQ(range.value().last, 15U);
  EXPECT_EQ(range.value().count, 7U);
}

TEST(AnnouncedRange, KnowsTheLastTaskOfAnEngineThatCountsFromItsBase) {
  const auto range = announced_range(*engine_named("aws-batch"),
                                     environment({{"AWS_BATCH_JOB_ARRAY_SIZE", "5"}}), 4);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range.value().first, 0U);
  EXPECT_EQ(range.value().last, 4U);
}

TEST(AnnouncedRange, EndsAtATaskThatTheStepReaches) {
  // -t 1-10:4 has the tasks 1, 5 and 9.
  const auto range = announced_range(
      *engine_named("sge"),
      environment({{"SGE_TASK_FIRST", "1"}, {"SGE_TASK_LAST", "10"}, {"SGE_TASK_STEPSIZE", "4"}}),
      5);
  ASSERT_TRUE(range.has_value());
  EXPECT_EQ(range.value().last, 9U);
}

TEST(AnnouncedRange, IsUnknownWhereTheEngineSaysNothing) {
  const auto range = announced_range(*engine_named("kubernetes"), environment({}), 3);
  ASSERT_TRUE(range.has_value());
  EXPECT_FALSE(range.value().first || range.value().last || range.value().count);
  const auto undefined =
      announced_range(*engine_named("sge"), environment({{"SGE_TASK_LAST", "undefined"}}), 3);
  ASSERT_TRUE(undefined.has_value());
  EXPECT_FALSE(undefined.value().last);
}

TEST(AnnouncedRange, RefusesATaskOutsideOfIt) {
  EXPECT_FALSE(announced_range(*engine_named("aws-batch"),
                               environment({{"AWS_BATCH_JOB_ARRAY_SIZE", "5"}}), 5)
                   .has_value());
  EXPECT_FALSE(
      announced_range(*engine_named("slurm"), environment({{"SLURM_ARRAY_TASK_MIN", "7"}}), 3)
          .has_value());
  EXPECT_FALSE(
      announced_range(*engine_named("cloud-run"), environment({{"CLOUD_RUN_TASK_COUNT", "0"}}), 0)
          .has_value());
}

TEST(AnnouncedRange, RefusesWhatIsNoNumber) {
  const auto range =
      announced_range(*engine_named("slurm"), environment({{"SLURM_ARRAY_TASK_MAX", "9;"}}), 3);
  ASSERT_FALSE(range.has_value());
  EXPECT_EQ(range.error().object, "SLURM_ARRAY_TASK_MAX");
}

TEST(Place, SubtractsTheBase) {
  const auto index = place(7, 1, "--index");
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().task, 7U);
  EXPECT_EQ(index.value().base, 1U);
  EXPECT_EQ(index.value().position, 6U);
  EXPECT_EQ(index.value().source, "--index");
}

TEST(Place, RefusesATaskBelowTheBase) {
  const auto index = place(0, 1, "LSB_JOBINDEX");
  ASSERT_FALSE(index.has_value());
  EXPECT_EQ(index.error().failure, Failure::kConfig);
  EXPECT_THAT(index.error().problem, HasSubstr("below the first task, 1"));
}

}  // namespace
}  // namespace indexrun::index
