// SPDX-License-Identifier: Apache-2.0
#include "confine/limits.h"

#include <string>

#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kNone = RLIM64_INFINITY;

void expect(const std::string& text, int resource, std::uint64_t soft, std::uint64_t hard) {
  const auto limits = parse_limits({{text}});
  ASSERT_TRUE(limits) << limits.error().message();
  ASSERT_EQ(limits->size(), 1U);
  EXPECT_EQ(limits->front().resource, resource) << text;
  EXPECT_EQ(limits->front().soft, soft) << text;
  EXPECT_EQ(limits->front().hard, hard) << text;
}

TEST(Limits, OneNumberIsBothLimits) {
  expect("nofile=64", RLIMIT_NOFILE, 64, 64);
  expect("nofile=0", RLIMIT_NOFILE, 0, 0);
  expect("nofile=64:128", RLIMIT_NOFILE, 64, 128);
  expect("core=0", RLIMIT_CORE, 0, 0);
  expect("nproc=unlimited", RLIMIT_NPROC, kNone, kNone);
  expect("stack=1:unlimited", RLIMIT_STACK, 1, kNone);
}

TEST(Limits, BytesHaveUnits) {
  expect("as=4096", RLIMIT_AS, 4096, 4096);
  expect("as=1k:1M", RLIMIT_AS, 1024, 1U << 20U);
  expect("data=3Ki:2G", RLIMIT_DATA, 3072, std::uint64_t{2} << 30U);
  expect("fsize=1K:1Ti", RLIMIT_FSIZE, 1024, std::uint64_t{1} << 40U);
}

TEST(Limits, TimesHaveUnits) {
  expect("cpu=2:4", RLIMIT_CPU, 2, 4);
  expect("cpu=1m:1h", RLIMIT_CPU, 60, 3600);
  expect("rttime=50ms", RLIMIT_RTTIME, 50'000, 50'000);
}

TEST(Limits, CpuAloneLeavesTimeToHearOfIt) {
  expect("cpu=10", RLIMIT_CPU, 10, 15);
}

TEST(Limits, MaxIsThePresentHardLimit) {
  rlimit64 now{};
  ASSERT_EQ(::getrlimit64(RLIMIT_NOFILE, &now), 0);
  expect("nofile=max", RLIMIT_NOFILE, now.rlim_max, now.rlim_max);
  expect("nofile=1:max", RLIMIT_NOFILE, 1, now.rlim_max);
}

TEST(Limits, EveryNameIsKnown) {
  for (const char* name :
       {"as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile",
        "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"}) {
    const auto limits = parse_limits({{std::string(name) + "=max"}});
    ASSERT_TRUE(limits) << name;
    EXPECT_EQ(limit_name(limits->front().resource), name);
  }
}

class BadLimit : public ::testing::TestWithParam<const char*> {};

TEST_P(BadLimit, IsAConfigError) {
  const auto limits = parse_limits({{GetParam()}});
  ASSERT_FALSE(limits) << GetParam();
  EXPECT_EQ(limits.error().failure, Failure::kConfig);
  EXPECT_EQ(limits.error().object, "--limit");
}

INSTANTIATE_TEST_SUITE_P(All, BadLimit,
                         ::testing::Values("", "nofile", "nofile=", "=1", "nofile=1:", "nofile=:1",
                                           "nofile=1:2:3", "nofile=-1", "nofile=1k", "nofile= 1",
                                           "nofile=2:1", "nofile=unlimited:1", "nofile=1e3",
                                           "as=1X", "as=k", "as=1kB", "as=1kk", "as=-1M",
                                           "as=18446744073709551615", "as=18014398509481984k",
                                           "cpu=0", "cpu=1.5", "cpu=10ms", "cpu=1k", "rttime=1k",
                                           "NOFILE=1", "RLIMIT_NOFILE=1", "open=1"));

TEST(Limits, ANearMissIsNamed) {
  EXPECT_EQ(parse_limits({{"nofiel=1"}}).error().hint, "did you mean 'nofile'?");
}

TEST(Limits, ANameTwiceAtOneLevelIsAnError) {
  EXPECT_FALSE(parse_limits({{"nofile=1"}, {"nofile=1"}}));
  EXPECT_TRUE(parse_limits({{"nofile=1"}, {"nproc=1"}}));
}

TEST(Limits, AStrongerLevelTightensAndDoesNotLoosen) {
  const auto limits = parse_limits({{"nofile=5", 0}, {"nofile=9:20", 3}});
  ASSERT_TRUE(limits);
  ASSERT_EQ(limits->size(), 1U);
  EXPECT_EQ(limits->front().soft, 5U);
  const auto loose = parse_limits({{"nofile=10", 0}, {"nofile=9:20", 3}});
  ASSERT_FALSE(loose);
  EXPECT_THAT(loose.error().hint, HasSubstr("loosens"));
  EXPECT_FALSE(parse_limits({{"nofile=9:21", 0}, {"nofile=9:20", 3}}));
}

}  // namespace
}  // namespace indexrun::confine
