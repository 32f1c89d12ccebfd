// SPDX-License-Identifier: Apache-2.0
// An answer that could not be written is no answer.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class StdoutFull : public Blackbox, public testing::WithParamInterface<const char*> {};

TEST_P(StdoutFull, IsAnInternalError) {
  Command run = indexrun(GetParam()).stdout_to("/dev/full");
  expect_refusal(run, {.exit = 125, .stage = "status", .says = {"No space left on device"}});
}

INSTANTIATE_TEST_SUITE_P(Answers, StdoutFull,
                         testing::Values("count --items a,b", "count --output json --items a,b",
                                         "show --index 0 --items a,b", "show --all --items a,b",
                                         "--version", "--help", "count --help"));

TEST_F(Blackbox, AClosedStandardOutputIsNoAnswerEither) {
  EXPECT_THAT(indexrun("count --items a,b").closing(1).run(),
              Refuses({.exit = 125, .stage = "status"}));
}

}  // namespace
}  // namespace indexrun::test
