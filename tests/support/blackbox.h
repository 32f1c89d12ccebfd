// SPDX-License-Identifier: Apache-2.0
// The fixture of the black-box tests: a folder of its own, runs that start in it, and the rule
// that a refusal leaves it as it was.
#pragma once

#include "support/matchers.h"
#include "support/run.h"
#include "support/temp_dir.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::test {

class Blackbox : public testing::Test {
 protected:
  /// indexrun in the test's folder; `words` are cut at blanks.
  [[nodiscard]] Command indexrun(std::string_view words = {}) const {
    return Command({binary()}).line(words).in(dir_.path());
  }

  /// The run is refused as described, and nothing in the folder was made, removed or resized.
  void expect_refusal(const Command& run, const Refusal& refusal) const {
    std::vector<std::string> before = dir_.snapshot();
    EXPECT_THAT(run.run(), Refuses(refusal));
    EXPECT_EQ(dir_.snapshot(), before) << "something was left behind";
  }

  TempDir dir_;
};

/// A workload that tells that it ran.
inline const std::vector<std::string> kEcho{"echo", "ran"};

}  // namespace indexrun::test
