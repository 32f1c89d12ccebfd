// SPDX-License-Identifier: Apache-2.0
// Detection of the engine.
#include "index/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

using testing::HasSubstr;
using Entries = std::vector<std::pair<const char*, const char*>>;

Environment environment(const Entries& entries) {
  Environment result;
  for (const auto& [name, value] : entries) {
    result.set(name, value);
  }
  return result;
}

struct Engineered {
  const char* description;
  Entries entries;
  const char* engine;
  std::uint64_t task;
  std::uint64_t position;
};

class Detect : public testing::TestWithParam<Engineered> {};

TEST_P(Detect, FindsTheEngine) {
  const auto index = detect(environment(GetParam().entries), {});
  ASSERT_TRUE(index.has_value()) << index.error().message();
  EXPECT_EQ(index.value().engine, GetParam().engine);
  EXPECT_EQ(index.value().task, GetParam().task);
  EXPECT_EQ(index.value().position, GetParam().position);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Detect,
    testing::Values(
        Engineered{"Kubernetes", {{"JOB_COMPLETION_INDEX", "3"}}, "kubernetes", 3, 3},
        Engineered{"Volcano", {{"VC_TASK_INDEX", "2"}, {"VK_TASK_INDEX", "2"}}, "volcano", 2, 2},
        Engineered{"OlderVolcano", {{"VK_TASK_INDEX", "2"}}, "volcano", 2, 2},
        Engineered{"Slurm", {{"SLURM_ARRAY_TASK_ID", "7"}}, "slurm", 7, 7},
        Engineered{"SlurmWithLeadingZeros", {{"SLURM_ARRAY_TASK_ID", "008"}}, "slurm", 8, 8},
        Engineered{"Pbs", {{"PBS_ARRAY_INDEX", "4"}}, "pbs", 4, 4},
        Engineered{"Torque", {{"PBS_ARRAYID", "4"}}, "torque", 4, 4},
        Engineered{"GridEngine", {{"SGE_TASK_ID", "1"}}, "sge", 1, 0},
        Engineered{"Lsf", {{"LSB_JOBINDEX", "5"}}, "lsf", 5, 4},
        Engineered{"AwsBatch", {{"AWS_BATCH_JOB_ARRAY_INDEX", "0"}}, "aws-batch", 0, 0},
        Engineered{"CloudRun",
                   {{"CLOUD_RUN_TASK_INDEX", "1"}, {"CLOUD_RUN_TASK_COUNT", "2"}},
                   "cloud-run",
                   1,
                   1},
        Engineered{"GoogleBatch", {{"BATCH_TASK_INDEX", "1"}}, "google-batch", 1, 1},
        Engineered{"GnuParallel", {{"PARALLEL_SEQ", "1"}}, "parallel", 1, 0},
        Engineered{"SamePositionTakesTheFirst",
                   {{"SGE_TASK_ID", "4"}, {"JOB_COMPLETION_INDEX", "3"}},
                   "kubernetes",
                   3,
                   3},
        Engineered{"GridEngineWithoutAnArrayIsSkipped",
                   {{"SGE_TASK_ID", "undefined"}, {"PARALLEL_SEQ", "2"}},
                   "parallel",
                   2,
                   1},
        Engineered{"LsfWithoutAnArrayIsSkipped",
                   {{"LSB_JOBINDEX", "0"}, {"SLURM_ARRAY_TASK_ID", "0"}},
                   "slurm",
                   0,
                   0},
        Engineered{"MalformedLeftoverOfAnotherEngineIsSkipped",
                   {{"JOB_COMPLETION_INDEX", "3"}, {"BATCH_TASK_INDEX", "first"}},
                   "kubernetes",
                   3,
                   3},
        Engineered{"RanksAreNoArrays",
                   {{"SLURM_PROCID", "1"},
                    {"OMPI_COMM_WORLD_RANK", "2"},
                    {"NOMAD_ALLOC_INDEX", "3"},
                    {"CI_NODE_INDEX", "4"},
                    {"SLURM_ARRAY_TASK_ID", "5"}},
                   "slurm",
                   5,
                   5}),
    [](const auto& row) { return std::string(row.param.description); });

struct Undetected {
  const char* description;
  Entries entries;
  const char* object;
  const char* says;
};

class DetectFails : public testing::TestWithParam<Undetected> {};

TEST_P(DetectFails, WithAConfigError) {
  const auto index = detect(environment(GetParam().entries), {});
  ASSERT_FALSE(index.has_value());
  EXPECT_EQ(index.error().failure, Failure::kConfig);
  EXPECT_EQ(index.error().stage, "index");
  EXPECT_EQ(index.error().object, GetParam().object);
  EXPECT_THAT(index.error().problem, HasSubstr(GetParam().says));
  EXPECT_FALSE(index.error().hint.empty() && index.error().object.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, DetectFails,
    testing::Values(
        // ${items[$U]} of an unset index is item 0 in every task.
        Undetected{"NothingIsNeverItemZero", {}, "", "no index found; looked for JOB_COMPLETION"},
        // In bash arithmetic the text "undefined" is 0.
        Undetected{"UndefinedIsNeverItemZero",
                   {{"SGE_TASK_ID", "undefined"}},
                   "",
                   "SGE_TASK_ID is 'undefined'"},
        // 0 - 1 is the last element of a bash array.
        Undetected{"LsfZeroIsNeverTheLastItem", {{"LSB_JOBINDEX", "0"}}, "", "LSB_JOBINDEX is '0'"},
        Undetected{"EmptyCompletionIndex",
                   {{"JOB_COMPLETION_INDEX", ""}},
                   "JOB_COMPLETION_INDEX",
                   "is empty"},
        Undetected{"EmptyCompletionIndexBesideAnotherEngine",
                   {{"JOB_COMPLETION_INDEX", ""}, {"PARALLEL_SEQ", "1"}},
                   "JOB_COMPLETION_INDEX",
                   "is empty"},
        Undetected{"MalformedCompletionIndex",
                   {{"JOB_COMPLETION_INDEX", "-1"}},
                   "JOB_COMPLETION_INDEX",
                   "sign"},
        Undetected{"Reference",
                   {{"JOB_COMPLETION_INDEX", "3"}, {"SLURM_ARRAY_TASK_ID", "${N}"}},
                   "SLURM_ARRAY_TASK_ID",
                   "never replaced"},
        Undetected{
            "OnlyAMalformedOne", {{"SLURM_ARRAY_TASK_ID", "1-5"}}, "SLURM_ARRAY_TASK_ID", "'1-5'"},
        Undetected{"EmptyOfOthers", {{"PBS_ARRAY_INDEX", ""}}, "", "PBS_ARRAY_INDEX is ''"},
        Undetected{"Disagreement",
                   {{"JOB_COMPLETION_INDEX", "3"}, {"SLURM_ARRAY_TASK_ID", "5"}},
                   "",
                   "kubernetes (JOB_COMPLETION_INDEX=3) says position 3, slurm "
                   "(SLURM_ARRAY_TASK_ID=5) says position 5"},
        Undetected{"SameNumberOtherBase",
                   {{"JOB_COMPLETION_INDEX", "3"}, {"PARALLEL_SEQ", "3"}},
                   "",
                   "position 2"},
        Undetected{"BelowTheBase", {{"PARALLEL_SEQ", "0"}}, "PARALLEL_SEQ", "below"}),
    [](const auto& row) { return std::string(row.param.description); });

TEST(DetectHints, NamesTheFlagThatSettlesADisagreement) {
  const auto index =
      detect(environment({{"JOB_COMPLETION_INDEX", "3"}, {"SLURM_ARRAY_TASK_ID", "5"}}), {});
  ASSERT_FALSE(index.has_value());
  EXPECT_THAT(index.error().hint, HasSubstr("--engine kubernetes or --engine slurm"));
}

TEST(DetectHints, NamesTheCompletionModeInsideAPod) {
  const auto index = detect(environment({{"KUBERNETES_SERVICE_HOST", "10.96.0.1"}}), {});
  ASSERT_FALSE(index.has_value());
  EXPECT_THAT(index.error().hint, HasSubstr("completionMode: Indexed"));
}

TEST(DetectBase, IsAppliedToAnEngineWithAChoice) {
  const auto index = detect(environment({{"SLURM_ARRAY_TASK_ID", "1"}}), 1);
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 0U);
}

TEST(DetectBase, IsNeverTheMinimum) {
  // --array=7,12,33 after a failure: task 7 is still item 7.
  const auto index =
      detect(environment({{"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_MIN", "7"}}), {});
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index.value().position, 7U);
}

}  // namespace
}  // namespace indexrun::index
