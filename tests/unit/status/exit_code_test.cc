// SPDX-License-Identifier: Apache-2.0
#include "status/exit_code.h"

#include <csignal>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun::status {
namespace {

launch::Outcome exited(int code) {
  return {.status = {.code = code}};
}
launch::Outcome killed(int signal) {
  return {.status = {.signal = signal}};
}

ExitCodes codes(std::vector<std::string> map_exit, std::vector<std::string> classes = {}) {
  Spec spec;
  spec.map_exit = std::move(map_exit);
  spec.exit_codes = std::move(classes);
  return ExitCodes::parse(spec).value();
}

TEST(ExitClasses, HaveTheDocumentedCodes) {
  const std::vector<std::pair<std::string_view, int>> expected{
      {"config", 196},  {"item", 197},     {"input", 198},  {"confine", 199},
      {"timeout", 124}, {"internal", 125}, {"noexec", 126}, {"notfound", 127}};
  std::vector<std::pair<std::string_view, int>> found;
  for (const ExitClass& row : exit_classes()) {
    found.emplace_back(row.name, row.code);
  }
  EXPECT_EQ(found, expected);
}

TEST(ExitClasses, NameEveryFailureAndStoppedHasNoRow) {
  std::set<Failure> failures;
  for (const ExitClass& row : exit_classes()) {
    EXPECT_EQ(class_name(row.failure), row.name);
    failures.insert(row.failure);
  }
  EXPECT_EQ(failures.size(), exit_classes().size());
  EXPECT_EQ(class_name(Failure::kStopped), "stopped");
}

TEST(ExitCodes, PassEveryCodeOfTheProgramThrough) {
  const ExitCodes unchanged;
  for (int code = 0; code < 256; ++code) {
    EXPECT_EQ(unchanged.of(exited(code)), code);
  }
}

TEST(ExitCodes, ReportDeathBySignalAs128PlusSignal) {
  const ExitCodes unchanged;
  for (int signal = 1; signal < 65; ++signal) {
    EXPECT_EQ(unchanged.of(killed(signal)), 128 + signal);
  }
}

TEST(ExitCodes, LetTheTimeLimitBeatTheProgramsOwnStatus) {
  launch::Outcome outcome = exited(0);
  outcome.timed_out = true;
  EXPECT_EQ(ExitCodes().of(outcome), 124);
  EXPECT_EQ(codes({"0=7"}, {"timeout=9"}).of(outcome), 9);
}

TEST(ExitCodes, TellAStopBeforeTheStartAsItsSignal) {
  EXPECT_EQ(ExitCodes().of(Error{.failure = Failure::kStopped, .signal = SIGTERM}), 143);
}

TEST(ExitCodes, AreRemappedByClass) {
  const ExitCodes changed = codes({}, {"config=64", "item=65"});
  EXPECT_EQ(changed.of(Error{.failure = Failure::kConfig}), 64);
  EXPECT_EQ(changed.of(Error{.failure = Failure::kItem}), 65);
  EXPECT_EQ(changed.of(Error{.failure = Failure::kInput}), 198);
}

TEST(ExitCodes, MapTheProgramsStatusOnceAndNeverInChains) {
  const ExitCodes mapped = codes({"3=0", "0=5", "sig:KILL=42"});
  EXPECT_EQ(mapped.of(exited(3)), 0);
  EXPECT_EQ(mapped.of(exited(0)), 5);
  EXPECT_EQ(mapped.of(exited(4)), 4);
  EXPECT_EQ(mapped.of(killed(SIGKILL)), 42);
  EXPECT_EQ(mapped.of(exited(137)), 137) << "an exit code of 137 is no death by KILL";
}

TEST(ExitCodes, RefuseToCallATermDeathSuccess) {
  for (const char* text : {"sig:TERM=0", "sig:15=0", "sig:sigterm=0", "143=0"}) {
    Spec spec;
    spec.map_exit = {text};
    EXPECT_FALSE(ExitCodes::parse(spec)) << text;
    spec.allow_term_success = true;
    EXPECT_TRUE(ExitCodes::parse(spec)) << text;
  }
}

TEST(ExitCodes, NeverCallAStoppedProgramSuccessUnasked) {
  Spec spec;
  spec.map_exit = {"sig:KILL=0", "sig:INT=0", "3=0", "4=5"};
  const ExitCodes guarded = ExitCodes::parse(spec).value();
  launch::Outcome stopped = killed(SIGKILL);
  stopped.stopped = true;
  EXPECT_EQ(guarded.of(killed(SIGKILL)), 0) << "not told to stop";
  EXPECT_EQ(guarded.of(stopped), 137) << "killed after the grace period";
  stopped.status = {.code = 3};
  EXPECT_EQ(guarded.of(stopped), 3);
  stopped.status = {.code = 4};
  EXPECT_EQ(guarded.of(stopped), 5) << "other mappings still hold";
  spec.allow_term_success = true;
  stopped.status = {.signal = SIGINT};
  EXPECT_EQ(ExitCodes::parse(spec).value().of(stopped), 0);
}

struct Bad {
  const char* text;
  const char* why;
};

TEST(ExitCodes, RefuseMalformedClasses) {
  for (const Bad& bad : std::vector<Bad>{{"", "empty"},
                                         {"config", "no number"},
                                         {"=7", "no class"},
                                         {"config=", "no number"},
                                         {"config=0", "0 is success"},
                                         {"config=256", "above 255"},
                                         {"config=-1", "sign"},
                                         {"confg=3", "unknown class"},
                                         {"stopped=3", "no class of the table"}}) {
    Spec spec;
    spec.exit_codes = {bad.text};
    const auto result = ExitCodes::parse(spec);
    ASSERT_FALSE(result) << bad.why;
    EXPECT_EQ(result.error().failure, Failure::kConfig) << bad.why;
  }
}

TEST(ExitCodes, RefuseMalformedMappings) {
  for (const Bad& bad : std::vector<Bad>{{"3", "no target"},
                                         {"3=", "no target"},
                                         {"3=256", "target above 255"},
                                         {"256=3", "source above 255"},
                                         {"sig:=3", "no signal"},
                                         {"sig:NOPE=3", "unknown signal"},
                                         {"sig:65=3", "no such signal"},
                                         {"KILL=3", "a name without sig:"}}) {
    Spec spec;
    spec.map_exit = {bad.text};
    EXPECT_FALSE(ExitCodes::parse(spec)) << bad.why;
  }
}

TEST(ExitCodes, RefuseOneThingGivenTwice) {
  Spec spec;
  spec.map_exit = {"3=0", "003=1"};
  EXPECT_FALSE(ExitCodes::parse(spec));
  spec.map_exit = {};
  spec.exit_codes = {"item=1", "item=2"};
  EXPECT_FALSE(ExitCodes::parse(spec));
}

TEST(ExitCodes, SuggestTheNearClass) {
  Spec spec;
  spec.exit_codes = {"itme=3"};
  const auto result = ExitCodes::parse(spec);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().hint, "did you mean item?");
}

}  // namespace
}  // namespace indexrun::status
