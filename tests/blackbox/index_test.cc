// SPDX-License-Identifier: Apache-2.0
// Where the index comes from, and that what is no index is never taken for one.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using Index = Blackbox;

const char* const kItems = "--items a,b,c,d,e,f,g,h";

TEST_F(Index, ComesFromEverySourceThatIsNamed) {
  dir_.write("index", "3");
  dir_.write("index_nl", "3\n");
  EXPECT_THAT(indexrun(kItems).line("--index 3 echo {}").run(), Prints("d\n"));
  EXPECT_THAT(indexrun(kItems).line("-i 3 echo {}").run(), Prints("d\n"));
  EXPECT_THAT(indexrun(kItems).line("--index-file index echo {}").run(), Prints("d\n"));
  EXPECT_THAT(indexrun(kItems).line("--index-file index_nl echo {}").run(), Prints("d\n"));
  EXPECT_THAT(indexrun(kItems).line("--index-env NR echo {}").env("NR", "3").run(), Prints("d\n"));
  EXPECT_THAT(
      indexrun(kItems).line("--engine kubernetes echo {}").env("JOB_COMPLETION_INDEX", "3").run(),
      Prints("d\n"));
  EXPECT_THAT(indexrun(kItems).line("echo {}").env("JOB_COMPLETION_INDEX", "3").run(),
              Prints("d\n"));
}

TEST_F(Index, AnExplicitSourceBeatsDetection) {
  Command run = indexrun(kItems).line("--index 1 echo {}").env("JOB_COMPLETION_INDEX", "3");
  EXPECT_THAT(run.run(), Prints("b\n"));
}

TEST_F(Index, LeadingZerosAreDecimal) {
  EXPECT_THAT(indexrun(kItems).line("--index 007 echo {} {task} {index}").run(), Prints("h 7 7\n"));
}

TEST_F(Index, TheBaseIsSubtracted) {
  EXPECT_THAT(indexrun(kItems).line("--index 3 --base 1 echo {} {task} {index} {number}").run(),
              Prints("c 3 2 3\n"));
  expect_refusal(indexrun(kItems).line("--index 0 --base 1").command(kEcho),
                 {.exit = 196, .stage = "index", .says = {"0", "1"}});
}

struct BadText {
  const char* description;
  const char* text;
};

class NotAnIndex : public Blackbox, public testing::WithParamInterface<BadText> {
 protected:
  void expect_refused(const Command& run, const std::string& object) const {
    expect_refusal(run, {.exit = 196, .stage = "index", .object = object});
  }
};

TEST_P(NotAnIndex, AsAnOption) {
  expect_refused(indexrun(kItems).args({"--index", GetParam().text}).command(kEcho), "--index");
}

TEST_P(NotAnIndex, InTheVariableOfTheEngine) {
  Command run = indexrun(kItems).command(kEcho).env("JOB_COMPLETION_INDEX", GetParam().text);
  expect_refused(run, "JOB_COMPLETION_INDEX");
}

TEST_P(NotAnIndex, InANamedVariable) {
  Command run = indexrun(kItems).line("--index-env NR").command(kEcho).env("NR", GetParam().text);
  expect_refused(run, "NR");
}

TEST_P(NotAnIndex, InAFile) {
  dir_.write("index", GetParam().text);
  expect_refused(indexrun(kItems).line("--index-file index").command(kEcho), "index");
}

INSTANTIATE_TEST_SUITE_P(
    Texts, NotAnIndex,
    testing::Values(BadText{"Negative", "-1"}, BadText{"Signed", "+1"}, BadText{"Hex", "0x3"},
                    BadText{"Fraction", "1.0"}, BadText{"Exponent", "1e3"}, BadText{"Empty", ""},
                    BadText{"Blanks", " 3 "}, BadText{"TrailingBlank", "3 "},
                    BadText{"TwoToThe64", "18446744073709551616"},
                    BadText{"Undefined", "undefined"},
                    BadText{"Unexpanded", "$(JOB_COMPLETION_INDEX)"},
                    BadText{"ShellVariable", "${JOB_COMPLETION_INDEX}"},
                    BadText{"HelmTemplate", "{{ .Index }}"},
                    BadText{"FullWidthDigit", "\xef\xbc\x93"}, BadText{"ArabicDigit", "\xd9\xa3"},
                    BadText{"TwoNumbers", "1,2"}, BadText{"TwoLines", "1\n2"},
                    BadText{"Underscore", "1_0"}, BadText{"Terminal", "\x1b[31m3"}),
    [](const auto& row) { return std::string(row.param.description); });

TEST_F(Index, AnUnexpandedVariableGetsAHint) {
  for (const char* text : {"$(JOB_COMPLETION_INDEX)", "${JOB_COMPLETION_INDEX}", "{{.Index}}"}) {
    Ran ran = indexrun(kItems).args({"--index", text}).command(kEcho).run();
    EXPECT_THAT(ran.err, testing::HasSubstr("indexrun: hint: ")) << ran;
  }
}

TEST_F(Index, TheLargestNumberIsAnIndexPastTheEnd) {
  expect_refusal(indexrun(kItems).line("--index 18446744073709551615").command(kEcho),
                 {.exit = 197, .stage = "items", .says = {"18446744073709551615", "8"}});
}

TEST_F(Index, NoneAnywhereIsAnErrorThatTellsWhereItLooked) {
  expect_refusal(indexrun(kItems).command(kEcho),
                 {.exit = 196, .stage = "index", .says = {"JOB_COMPLETION_INDEX"}});
}

TEST_F(Index, TheNamedVariableMustBeThere) {
  expect_refusal(indexrun(kItems).line("--index-env NR").command(kEcho),
                 {.exit = 196, .stage = "index", .object = "NR"});
  expect_refusal(indexrun(kItems).line("--engine kubernetes").command(kEcho),
                 {.exit = 196, .stage = "index", .says = {"JOB_COMPLETION_INDEX"}});
}

TEST_F(Index, EnginesThatAgreeAreFineAndThoseThatDoNotAreBothNamed) {
  Command command = indexrun(kItems).line("echo {}").env("JOB_COMPLETION_INDEX", "2");
  EXPECT_THAT(
      Command(command).env("CLOUD_RUN_TASK_INDEX", "2").env("CLOUD_RUN_TASK_COUNT", "8").run(),
      Prints("c\n"));
  expect_refusal(
      command.env("CLOUD_RUN_TASK_INDEX", "3").env("CLOUD_RUN_TASK_COUNT", "8"),
      {.exit = 196, .stage = "index", .says = {"JOB_COMPLETION_INDEX", "CLOUD_RUN_TASK_INDEX"}});
}

TEST_F(Index, AnUnknownEngineIsAnError) {
  expect_refusal(indexrun(kItems).line("--engine kubernets").command(kEcho),
                 {.exit = 196, .says = {"kubernets"}, .hint = "kubernetes"});
}

TEST_F(Index, TwoExplicitSourcesAreAnError) {
  dir_.write("index", "3");
  for (const char* words : {"--index 3 --index-env NR", "--index 3 --index-file index",
                            "--index-env NR --index-file index", "--index 3 --engine kubernetes"}) {
    Command run = indexrun(kItems).line(words).command(kEcho).env("NR", "3");
    expect_refusal(run.env("JOB_COMPLETION_INDEX", "3"), {.exit = 196, .stage = "options"});
  }
}

}  // namespace
}  // namespace indexrun::test
