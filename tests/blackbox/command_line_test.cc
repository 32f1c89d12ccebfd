// SPDX-License-Identifier: Apache-2.0
// Where our options end and COMMAND begins, and that COMMAND is never read as ours.
#include "support/blackbox.h"

#include <ctime>

namespace indexrun::test {
namespace {

const char* const kOne = "--index 0 --item one";

using CommandLine = Blackbox;

struct Untouched {
  const char* description;
  std::vector<std::string> command;
  const char* printed;
};

class CommandIsUntouched : public Blackbox, public testing::WithParamInterface<Untouched> {};

TEST_P(CommandIsUntouched, AfterTwoDashes) {
  EXPECT_THAT(indexrun(kOne).command(GetParam().command).run(), Prints(GetParam().printed));
}

TEST_P(CommandIsUntouched, WithoutTwoDashes) {
  EXPECT_THAT(indexrun(kOne).args(GetParam().command).run(), Prints(GetParam().printed));
}

TEST_P(CommandIsUntouched, BehindTheWordRun) {
  EXPECT_THAT(indexrun("run").line(kOne).args(GetParam().command).run(),
              Prints(GetParam().printed));
}

INSTANTIATE_TEST_SUITE_P(
    Words, CommandIsUntouched,
    testing::Values(
        Untouched{"OurOption",
                  {"echo", "--item", "zzz", "--index=7", "-i", "9"},
                  "--item zzz --index=7 -i 9\n"},
        Untouched{"TwoDashes", {"echo", "a", "--", "b", "--"}, "a -- b --\n"},
        Untouched{"Subcommand", {"echo", "run", "x", "count"}, "run x count\n"},
        Untouched{"Brackets", {"echo", "[a,b]", "[[]]", "[]"}, "[a,b] [[]] []\n"},
        Untouched{"EmptyArguments", {"printf", "<%s>", "", "a", ""}, "<><a><>"},
        Untouched{"Help", {"echo", "-h", "--help", "--version", "-V"}, "-h --help --version -V\n"},
        Untouched{"Metacharacters",
                  {"echo", "%%", "'q'", "\"d\"", "`b`", "$X", "a\\b", "*", "~"},
                  "%% 'q' \"d\" `b` $X a\\b * ~\n"},
        Untouched{"UnknownOption", {"echo", "--no-such-option"}, "--no-such-option\n"}),
    [](const auto& row) { return std::string(row.param.description); });

TEST_F(CommandLine, TheSecondTwoDashesBelongToTheProgram) {
  EXPECT_THAT(indexrun(kOne).line("-- echo -- --").run(), Prints("-- --\n"));
}

TEST_F(CommandLine, ASubcommandIsRecognisedOnlyAsTheVeryFirstArgument) {
  dir_.write("show", "#!/bin/sh\necho \"show ran: $*\"\n", 0755);
  std::string path = dir_.path() + ":/usr/bin:/bin";
  Command run = indexrun(kOne).line("show x").clear_env().env("PATH", path);
  EXPECT_THAT(run.run(), Prints("show ran: x\n"));
}

TEST_F(CommandLine, ACommandNamedLikeASubcommandThatIsNotThereGetsAHint) {
  expect_refusal(indexrun(kOne).line("count x"),
                 {.exit = 127, .stage = "launch", .object = "count", .hint = "count"});
}

TEST_F(CommandLine, NoCommandIsNotAFinishedWorker) {
  for (const char* words :
       {"", "run", "run --index 0 --item one", "--index 0 --item one", "--index 0 --item one --"}) {
    expect_refusal(indexrun(words), {.exit = 196, .stage = "options", .says = {"COMMAND"}});
  }
}

TEST_F(CommandLine, AnUnknownOptionNamesTheNearOne) {
  expect_refusal(indexrun("--index 0 --itms a,b").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--itms", .hint = "--items"});
  expect_refusal(
      indexrun("count --expect-cuont 2 --items a,b"),
      {.exit = 196, .stage = "options", .object = "--expect-cuont", .hint = "--expect-count"});
}

TEST_F(CommandLine, AnOptionWithoutItsValueIsAnError) {
  expect_refusal(indexrun("--item one --index"),
                 {.exit = 196, .stage = "options", .object = "--index"});
}

TEST_F(CommandLine, ASingleValuedOptionGivenTwiceIsAnError) {
  expect_refusal(indexrun("--index 0 --index 1 --items a,b").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--index"});
  expect_refusal(indexrun("-i 0 --index 0 --items a,b").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--index"});
}

TEST_F(CommandLine, OneVariableNamedTwiceIsAnError) {
  expect_refusal(indexrun(kOne).line("-e X=1 --env X=2").command(kEcho),
                 {.exit = 196, .stage = "options", .says = {"X"}});
}

TEST_F(CommandLine, ValuesAreTakenVerbatim) {
  EXPECT_THAT(indexrun("--index 0 --item -x echo {}").run(), Prints("-x\n"));
  EXPECT_THAT(indexrun("--index 0 --item -- echo {}x").run(), Prints("--x\n"));
  EXPECT_THAT(indexrun("--index 0 --item [a,b] echo {}").run(), Prints("[a,b]\n"));
  EXPECT_THAT(indexrun("--index 0 --item=a=b echo {}").run(), Prints("a=b\n"));
  EXPECT_THAT(indexrun("--index=1 --items=a,b echo {}").run(), Prints("b\n"));
  EXPECT_THAT(indexrun("-i1 --items=a,b echo {}").run(), Prints("b\n"));
}

TEST_F(CommandLine, ItemAndItemsMixInTheirOrder) {
  const char* const words = "--item a,b --items c,d --item e --index";
  EXPECT_THAT(indexrun(words).line("0 echo {}").run(), Prints("a,b\n"));
  EXPECT_THAT(indexrun(words).line("2 echo {}").run(), Prints("d\n"));
  EXPECT_THAT(indexrun(words).line("3 echo {}").run(), Prints("e\n"));
}

TEST_F(CommandLine, VersionAndHelpGoToStandardOutput) {
  for (const char* words : {"--version", "-V"}) {
    Ran ran = indexrun(words).run();
    EXPECT_THAT(ran, Exits(0));
    EXPECT_THAT(ran.out, testing::MatchesRegex("indexrun [0-9]+\\.[0-9]+\\.[0-9]+[^\n]*\n"));
    EXPECT_EQ(ran.err, "");
  }
  for (const char* words : {"--help", "-h", "run --help", "stage --help", "show --help",
                            "count --help", "install --help", "stage -h"}) {
    Ran ran = indexrun(words).run();
    EXPECT_THAT(ran, Exits(0));
    EXPECT_THAT(ran.out, testing::HasSubstr("indexrun")) << words;
    EXPECT_THAT(ran.out, testing::EndsWith("\n")) << words;
    EXPECT_EQ(ran.err, "") << words;
  }
  EXPECT_THAT(indexrun("run --help").run().out, testing::HasSubstr("--items-file"));
  EXPECT_THAT(indexrun("count --help").run().out, testing::HasSubstr("--items-only"));
  EXPECT_THAT(indexrun("--help").run().out, testing::HasSubstr("196"));
}

TEST_F(CommandLine, AProgramThatSucceedsLeavesNothingOfOursInTheLog) {
  EXPECT_THAT(indexrun(kOne).line("true").run(), Prints(""));
}

TEST_F(CommandLine, VerboseTellsWhatWasChosenAndTwiceHow) {
  Ran once = indexrun(kOne).line("-v").command(kEcho).run();
  Ran twice = indexrun(kOne).line("-vv").command(kEcho).run();
  EXPECT_EQ(once.out, "ran\n");
  EXPECT_THAT(once.err, testing::HasSubstr("one"));
  EXPECT_EQ(twice.out, "ran\n");
  EXPECT_GT(twice.err.size(), once.err.size()) << once << twice;
}

TEST_F(CommandLine, JsonLogLinesAreObjects) {
  Ran ran = indexrun(kOne).line("-v --log-format json").command(kEcho).run();
  EXPECT_EQ(ran.out, "ran\n");
  EXPECT_THAT(ran.err, testing::StartsWith("{"));
  EXPECT_THAT(ran.err, testing::EndsWith("}\n"));
}

TEST_F(CommandLine, JsonLogLinesHaveTheTimeInUtc) {
  const auto before = std::time(nullptr);
  const Ran ran =
      indexrun(kOne).line("-v --log-format json").env("TZ", "Asia/Tokyo").command(kEcho).run();
  std::tm fields{};
  const char* const rest = strptime(ran.err.c_str(), R"({"time":"%Y-%m-%dT%H:%M:%S.)", &fields);
  ASSERT_NE(rest, nullptr) << ran;
  EXPECT_THAT(rest, testing::MatchesRegex(R"([0-9]{3}Z"(.|\n)*)"));
  const auto told = timegm(&fields);
  EXPECT_TRUE(told >= before && told <= std::time(nullptr)) << ran;
}

TEST_F(CommandLine, StageRefusesWhatItCannotDo) {
  const Refusal usage{.exit = 196, .stage = "options"};
  expect_refusal(indexrun("stage --index 0 --item one"), usage);
  expect_refusal(indexrun("stage --index 0 --item one -w data.txt").command(kEcho), usage);
  expect_refusal(indexrun("stage --index 0 --item one -w data.txt --stdin {}"), usage);
  expect_refusal(indexrun("stage --index 0 --item one -w data.txt -e A=1"), usage);
}

}  // namespace
}  // namespace indexrun::test
