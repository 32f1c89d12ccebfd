// SPDX-License-Identifier: Apache-2.0
// The engine table is consistent.
#include "index/engines.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::index {
namespace {

TEST(Engines, HaveNamesAndVariablesOfTheirOwn) {
  std::set<std::string_view> names;
  std::set<std::string_view> variables;
  for (const Engine& engine : engines()) {
    EXPECT_TRUE(names.insert(engine.name).second) << engine.name;
    EXPECT_TRUE(variables.insert(engine.variable).second) << engine.variable;
    EXPECT_FALSE(engine.variable.empty()) << engine.name;
  }
}

TEST(Engines, KubernetesIsFirst) {
  EXPECT_EQ(engines().front().name, kKubernetes);
}

TEST(Engines, RanksAndContinuousIntegrationAreOnlyForTheAsking) {
  for (const char* name : {"nomad", "openmpi", "pmi", "gitlab", "slurm-step", "leaderworkerset"}) {
    ASSERT_NE(engine_named(name), nullptr) << name;
    EXPECT_EQ(engine_named(name)->use, Use::kAsked) << name;
  }
}

TEST(Engines, AreFoundByNameAndVariable) {
  EXPECT_EQ(engine_named("sge")->variable, "SGE_TASK_ID");
  EXPECT_EQ(engine_named("SGE"), nullptr);
  EXPECT_EQ(engine_named(""), nullptr);
  EXPECT_EQ(engine_with_variable("VK_TASK_INDEX")->name, "volcano");
  EXPECT_EQ(engine_with_variable("NOMAD_ALLOC_INDEX"), nullptr);
  EXPECT_EQ(engine_with_variable(""), nullptr);
}

}  // namespace
}  // namespace indexrun::index
