// SPDX-License-Identifier: Apache-2.0
#include "launch/oom.h"

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

TEST(OomKills, StandInBothKindsOfFiles) {
  EXPECT_EQ(find_oom_kills("low 0\nhigh 0\nmax 11\noom 2\noom_kill 3\noom_group_kill 0\n"), 3U);
  EXPECT_EQ(find_oom_kills("oom_kill_disable 0\nunder_oom 0\noom_kill 12\n"), 12U);
}

TEST(OomKills, OldKernelsCountNone) {
  EXPECT_EQ(find_oom_kills("oom_kill_disable 0\nunder_oom 0\n"), std::nullopt);
  EXPECT_EQ(find_oom_kills(""), std::nullopt);
  EXPECT_EQ(find_oom_kills("oom_kill x\n"), std::nullopt);
}

TEST(Cgroup, IsFoundByItsController) {
  constexpr std::string_view kHybrid =
      "9:name=systemd:/\n4:cpu,cpuacct:/a\n3:memory:/kubepods/burstable/pod1/c:x\n0::/unified\n";
  EXPECT_EQ(find_cgroup(kHybrid, "memory"), "/kubepods/burstable/pod1/c:x");
  EXPECT_EQ(find_cgroup(kHybrid, "cpuacct"), "/a");
  EXPECT_EQ(find_cgroup(kHybrid, ""), "/unified");
  EXPECT_EQ(find_cgroup(kHybrid, "pids"), std::nullopt);
  EXPECT_EQ(find_cgroup("0::/\n", "memory"), std::nullopt);
  EXPECT_EQ(find_cgroup("garbage\n", ""), std::nullopt);
}

TEST(OomCounter, CountsNothingWhereNothingHappens) {
  const OomCounter counter = OomCounter::open();
  if (counter.fd() >= 0) {
    EXPECT_EQ(counter.kills(), 0U);
  } else {
    EXPECT_EQ(counter.kills(), std::nullopt);
  }
}

}  // namespace
}  // namespace indexrun::launch
