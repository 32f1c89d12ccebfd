// SPDX-License-Identifier: Apache-2.0
#include "options/signal_values.h"

#include <csignal>

#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

Setting setting(Id id, const std::string& value) {
  Setting made;
  made.option = &option(id);
  made.values[0] = value;
  return made;
}

TEST(SignalValue, TakesNamesAndNumbers) {
  for (const char* text : {"TERM", "SIGTERM", "term", "15"}) {
    const auto signal = signal_value(setting(Id::kParentDeathSignal, text));
    ASSERT_TRUE(signal) << text;
    EXPECT_EQ(*signal, SIGTERM);
  }
}

TEST(SignalValue, NamesANearMiss) {
  const auto signal = signal_value(setting(Id::kParentDeathSignal, "SIGTREM"));
  ASSERT_FALSE(signal);
  EXPECT_EQ(signal.error().hint, "did you mean TERM?");
}

TEST(RewriteValue, ReadsBothSides) {
  const auto rewrite = rewrite_value(setting(Id::kMapSignal, "SIGTERM=int"));
  ASSERT_TRUE(rewrite);
  EXPECT_EQ(rewrite->from, SIGTERM);
  EXPECT_EQ(rewrite->to, SIGINT);
  const auto dropped = rewrite_value(setting(Id::kMapSignal, "RTMIN+3=drop"));
  ASSERT_TRUE(dropped);
  EXPECT_EQ(dropped->from, SIGRTMIN + 3);
  EXPECT_EQ(dropped->to, 0);
}

TEST(RewriteValue, RefusesWhatIsNeverForwarded) {
  for (const char* text : {"KILL=TERM", "STOP=drop", "CHLD=USR1", "SEGV=TERM", "ABRT=drop"}) {
    const auto rewrite = rewrite_value(setting(Id::kMapSignal, text));
    ASSERT_FALSE(rewrite) << text;
    EXPECT_NE(rewrite.error().problem.find("cannot be mapped"), std::string::npos) << text;
  }
}

TEST(RewriteValue, RefusesOtherForms) {
  for (const char* text : {"TERM", "TERM=", "=INT", "TERM:INT", "15=0", "TERM=INT=HUP", "herp=derp",
                           "99=INT", "TERM=-1"}) {
    EXPECT_FALSE(rewrite_value(setting(Id::kMapSignal, text))) << text;
  }
}

TEST(RetryOnValue, ReadsCodesRangesSignalsAndTimeout) {
  const auto on = retry_on_value(setting(Id::kRetryOn, "75,100-110,sig:KILL,sig:9,timeout"));
  ASSERT_TRUE(on);
  ASSERT_EQ(on->codes.size(), 2U);
  EXPECT_EQ(on->codes[1].first, 100);
  EXPECT_EQ(on->codes[1].last, 110);
  EXPECT_EQ(on->signals, (std::vector<int>{SIGKILL, SIGKILL}));
  EXPECT_TRUE(on->timeout);
}

TEST(RetryOnValue, RefusesOtherForms) {
  for (const char* text :
       {"256", "-1", "5-3", "1-", "1,,2", "KILL", "sig:", "sig:NO", "Timeout", "1-300", "any"}) {
    EXPECT_FALSE(retry_on_value(setting(Id::kRetryOn, text))) << text;
  }
}

}  // namespace
}  // namespace indexrun::options
