// SPDX-License-Identifier: Apache-2.0
// The engine table, and looking things up in it.
#include "index/engines.h"

#include <algorithm>
#include <array>

namespace indexrun::index {
namespace {

constexpr auto kChosen = Numbering::kChosen;
constexpr auto kAsked = Use::kAsked;

// Kubernetes first: its variable is set by the Job controller itself, while an HPC scheduler's can
// leak in from the shell that submitted the job.
constexpr std::array kEngines{
    Engine{.name = kKubernetes, .variable = "JOB_COMPLETION_INDEX"},
    Engine{.name = "volcano", .variable = "VC_TASK_INDEX", .older = "VK_TASK_INDEX"},
    Engine{.name = "slurm",
           .variable = "SLURM_ARRAY_TASK_ID",
           .numbering = kChosen,
           .count = "SLURM_ARRAY_TASK_COUNT",
           .first = "SLURM_ARRAY_TASK_MIN",
           .last = "SLURM_ARRAY_TASK_MAX"},
    Engine{.name = "pbs", .variable = "PBS_ARRAY_INDEX", .numbering = kChosen},
    Engine{.name = "torque", .variable = "PBS_ARRAYID", .numbering = kChosen},
    Engine{.name = "moab", .variable = "MOAB_JOBARRAYINDEX", .numbering = kChosen},
    Engine{.name = "sge",
           .variable = "SGE_TASK_ID",
           .base = 1,
           .numbering = kChosen,
           .first = "SGE_TASK_FIRST",
           .last = "SGE_TASK_LAST",
           .step = "SGE_TASK_STEPSIZE",
           .no_array = "undefined"},
    Engine{.name = "lsf",
           .variable = "LSB_JOBINDEX",
           .base = 1,
           .numbering = kChosen,
           .last = "LSB_JOBINDEX_END",
           .step = "LSB_JOBINDEX_STEP",
           .no_array = "0"},
    Engine{.name = "aws-batch",
           .variable = "AWS_BATCH_JOB_ARRAY_INDEX",
           .count = "AWS_BATCH_JOB_ARRAY_SIZE"},
    Engine{.name = "aws-batch-nodes",
           .variable = "AWS_BATCH_JOB_NODE_INDEX",
           .count = "AWS_BATCH_JOB_NUM_NODES"},
    Engine{
        .name = "cloud-run", .variable = "CLOUD_RUN_TASK_INDEX", .count = "CLOUD_RUN_TASK_COUNT"},
    Engine{.name = "google-batch", .variable = "BATCH_TASK_INDEX", .count = "BATCH_TASK_COUNT"},
    Engine{.name = "tencent",
           .variable = "BATCH_TASK_INSTANCE_INDEX",
           .count = "BATCH_TASK_INSTANCE_NUM"},
    Engine{.name = "fujitsu", .variable = "PJM_BULKNUM", .numbering = kChosen},
    Engine{.name = "flux", .variable = "FLUX_JOB_CC", .numbering = kChosen},
    Engine{.name = "hyperqueue", .variable = "HQ_TASK_ID", .numbering = kChosen},
    Engine{.name = "disbatch", .variable = "DISBATCH_TASKID"},
    Engine{.name = "launcher", .variable = "LAUNCHER_JID", .base = 1, .count = "LAUNCHER_NJOBS"},
    Engine{.name = "parallel", .variable = "PARALLEL_SEQ", .base = 1},
    // One number a group: with several groups every number is there several times.
    Engine{.name = "leaderworkerset",
           .variable = "LWS_WORKER_INDEX",
           .use = kAsked,
           .count = "LWS_GROUP_SIZE"},
    Engine{.name = "nomad", .variable = "NOMAD_ALLOC_INDEX", .use = kAsked},
    Engine{
        .name = "slurm-step", .variable = "SLURM_PROCID", .use = kAsked, .count = "SLURM_NTASKS"},
    Engine{.name = "openmpi",
           .variable = "OMPI_COMM_WORLD_RANK",
           .use = kAsked,
           .count = "OMPI_COMM_WORLD_SIZE"},
    Engine{.name = "pmi", .variable = "PMI_RANK", .use = kAsked, .count = "PMI_SIZE"},
    Engine{.name = "pmix", .variable = "PMIX_RANK", .use = kAsked},
    Engine{
        .name = "flux-rank", .variable = "FLUX_TASK_RANK", .use = kAsked, .count = "FLUX_JOB_SIZE"},
    Engine{.name = "gitlab",
           .variable = "CI_NODE_INDEX",
           .base = 1,
           .use = kAsked,
           .count = "CI_NODE_TOTAL"},
    Engine{.name = "circleci",
           .variable = "CIRCLE_NODE_INDEX",
           .use = kAsked,
           .count = "CIRCLE_NODE_TOTAL"},
    Engine{.name = "buildkite",
           .variable = "BUILDKITE_PARALLEL_JOB",
           .use = kAsked,
           .count = "BUILDKITE_PARALLEL_JOB_COUNT"},
};

}  // namespace

std::span<const Engine> engines() {
  return kEngines;
}

const Engine* engine_named(std::string_view name) {
  const auto* found = std::ranges::find(kEngines, name, &Engine::name);
  return found == kEngines.end() ? nullptr : &*found;
}

const Engine* engine_with_variable(std::string_view variable) {
  const auto* found = std::ranges::find_if(kEngines, [&](const Engine& engine) {
    return engine.use == Use::kDetected &&
           (engine.variable == variable || (!variable.empty() && engine.older == variable));
  });
  return found == kEngines.end() ? nullptr : &*found;
}

std::string engine_names() {
  std::string names;
  for (const Engine& engine : kEngines) {
    names.append(names.empty() ? "" : ", ").append(engine.name);
  }
  return names;
}

std::string detected_variables() {
  std::string names;
  for (const Engine& engine : kEngines) {
    if (engine.use == Use::kDetected) {
      names.append(names.empty() ? "" : ", ").append(engine.variable);
    }
  }
  return names;
}

}  // namespace indexrun::index
