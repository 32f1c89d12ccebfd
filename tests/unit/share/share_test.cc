// SPDX-License-Identifier: Apache-2.0
// The whole stage with items of the test, in a process of its own.
#include "share/share.h"

#include "given.h"
#include "process.h"

#include <cstdio>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

launch::Spec twice_more() {
  launch::Spec spec;
  spec.retry.retries = 2;
  spec.retry.backoff = Milliseconds(1);
  return spec;
}

/// Runs `sh -c SCRIPT` for each item; prints the sum behind what the items print.
testing::Ended shared(const Spec& spec, std::vector<std::string> items, const std::string& script,
                      const launch::Spec& launch = {}) {
  return testing::run([&] {
    const InheritedSignals signals = take_signals();
    const Environment environment = Environment::copy(environ);
    const confine::Prepared prepared;
    const status::ExitCodes codes;
    inputs::Spec inputs;
    inputs.command = {"sh", "-c", script};
    Given given(std::move(items));
    const auto sum = run({spec, inputs, launch, prepared, signals, environment, codes, given});
    if (!sum) {
      std::printf("error %s\n", sum.error().message().c_str());
      return 1;
    }
    std::printf(
        "%llu: %llu %llu %llu %llu, %d\n", static_cast<unsigned long long>(sum->items),
        static_cast<unsigned long long>(sum->succeeded),
        static_cast<unsigned long long>(sum->failed), static_cast<unsigned long long>(sum->skipped),
        static_cast<unsigned long long>(sum->not_run()), sum->first ? sum->first->status : 0);
    return 0;
  });
}

TEST(Share, CountsEveryItemOnce) {
  EXPECT_EQ(shared({.each = true}, {"0", "0", "0"}, "exit {}").out, "3: 3 0 0 0, 0\n");
  EXPECT_EQ(shared({.each = true}, {"0", "4", "0"}, "exit {}").out, "3: 1 1 0 1, 4\n");
  EXPECT_EQ(shared({.each = true, .keep_going = true}, {"5", "0", "4"}, "exit {}").out,
            "3: 1 2 0 0, 5\n");
  EXPECT_EQ(shared({.each = true}, {}, "exit 1").out, "0: 0 0 0 0, 0\n");
}

TEST(Share, AnItemThatCannotBeReadIsAFailedOne) {
  const testing::Ended ended =
      shared({.each = true, .keep_going = true}, {"0", "!", "0", "3"}, "exit {}", twice_more());
  EXPECT_EQ(ended.out, "4: 2 2 0 0, 197\n");
  EXPECT_NE(ended.err.find("item 1 (''): items: ragged"), std::string::npos);
}

TEST(Share, CountsAttemptsAsOneItem) {
  EXPECT_EQ(
      shared({.each = true, .parallel = 3}, {"a", "b", "c"}, "test {attempt} = 2", twice_more())
          .out,
      "3: 3 0 0 0, 0\n");
}

}  // namespace
}  // namespace indexrun::share
