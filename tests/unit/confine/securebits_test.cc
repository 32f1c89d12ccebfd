// SPDX-License-Identifier: Apache-2.0
#include "confine/securebits.h"

#include "confine/held.h"

#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

TEST(Securebits, AreNamedInAnyNotation) {
  if (!holds(CAP_SETPCAP)) {
    GTEST_SKIP() << "needs CAP_SETPCAP";
  }
  for (const char* name : {"noroot", "NOROOT", "SECBIT_NOROOT", "secbit-noroot"}) {
    const auto bits = prepare_securebits({name});
    ASSERT_TRUE(bits) << name;
    EXPECT_EQ(**bits, static_cast<unsigned>(SECBIT_NOROOT));
  }
  EXPECT_EQ(**prepare_securebits({"noroot", "no_setuid_fixup_locked"}), 0x9U);
  EXPECT_EQ(**prepare_securebits({"all-locked"}), 0xefU);
}

TEST(Securebits, UnknownNamesAreConfigErrors) {
  EXPECT_EQ(prepare_securebits({"norot"}).error().hint, "did you mean 'noroot'?");
  for (const char* name : {"", "x", "1", "keep-caps", "noroot-"}) {
    const auto bits = prepare_securebits({name});
    ASSERT_FALSE(bits) << name;
    EXPECT_EQ(bits.error().failure, Failure::kConfig);
  }
}

TEST(Securebits, NewOnesNeedAKernelThatKnowsThem) {
  const auto bits = prepare_securebits({"exec-restrict-file"});
  if (kernel_is_at_least(6, 14)) {
    EXPECT_TRUE(bits || !holds(CAP_SETPCAP));
  } else {
    ASSERT_FALSE(bits);
    EXPECT_EQ(bits.error().failure, Failure::kConfine);
    EXPECT_THAT(bits.error().message(), HasSubstr("exec-restrict-file"));
  }
}

TEST(Held, ComparesWholeVersions) {
  EXPECT_TRUE(kernel_is_at_least(2, 6));
  EXPECT_TRUE(kernel_is_at_least(2, 999));
  EXPECT_FALSE(kernel_is_at_least(9999, 0));
}

}  // namespace
}  // namespace indexrun::confine
