// SPDX-License-Identifier: Apache-2.0
// The one placeholder grammar, seen through the arguments that a program receives.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

struct Expansion {
  const char* description;
  const char* text;
  const char* expected;
};

class Expands : public Blackbox, public testing::WithParamInterface<Expansion> {
 protected:
  [[nodiscard]] Command worker() const {
    return indexrun("--index 2 --base 1").args({"--item", "zero", "--item", "in/a b.tar.gz"});
  }
};

TEST_P(Expands, InAnArgument) {
  EXPECT_THAT(worker().args({"printf", "[%s]", GetParam().text}).run(),
              Prints(std::string("[") + GetParam().expected + "]"));
}

TEST_P(Expands, InAVariable) {
  Command run = worker().args({"-e", std::string("V=") + GetParam().text, "printenv", "V"});
  EXPECT_THAT(run.run(), Prints(std::string(GetParam().expected) + "\n"));
}

TEST_P(Expands, InAFileThatIsWritten) {
  Command run = worker().args({"--write-text", "out", GetParam().text, "cat", "out"});
  EXPECT_THAT(run.run(), Prints(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    Placeholders, Expands,
    testing::Values(
        Expansion{"Item", "{}", "in/a b.tar.gz"},
        Expansion{"ItemByName", "{item}", "in/a b.tar.gz"},
        Expansion{"Within", "x{}y{}z", "xin/a b.tar.gzyin/a b.tar.gzz"},
        Expansion{"BaseName", "{/}", "a b.tar.gz"}, Expansion{"Directory", "{//}", "in"},
        Expansion{"WithoutExtension", "{.}", "in/a b.tar"},
        Expansion{"BaseNameWithoutExtension", "{/.}", "a b.tar"},
        Expansion{"ItemBaseName", "{item/}", "a b.tar.gz"}, Expansion{"Index", "{index}", "1"},
        Expansion{"Number", "{number} {#}", "2 2"}, Expansion{"Task", "{task}", "2"},
        Expansion{"Count", "{count}", "2"}, Expansion{"Attempt", "{attempt}", "0"},
        Expansion{"Padded", "{index:%05d}", "00001"},
        Expansion{"PaddedByBlanks", "{index:%3d}|{#:%03d}", "  1|002"},
        Expansion{"PaddedText", "{item//:%4s}", "  in"},
        Expansion{"ShellVariable", "${HOME} $HOME ${{x}}", "${HOME} $HOME ${{x}}"},
        Expansion{"Literal", "{{index}} {{}} {{item}}", "{index} {} {item}"},
        Expansion{"Json", "{\"lr\": 0.1, \"i\": {index}}", "{\"lr\": 0.1, \"i\": 1}"},
        Expansion{"Awk", "{print $1}", "{print $1}"}, Expansion{"BraceList", "{a,b}", "{a,b}"},
        Expansion{"GoTemplate", "{{.ID}}", "{{.ID}}"}, Expansion{"OpenBrace", "a { b", "a { b"},
        Expansion{"CloseBrace", "a } b", "a } b"}, Expansion{"Blanks", "{ }", "{ }"},
        Expansion{"Percent", "%d %s", "%d %s"}),
    [](const auto& row) { return std::string(row.param.description); });

using Templates = Blackbox;

TEST_F(Templates, AnUnknownPlaceholderListsTheKnownNames) {
  for (const char* text : {"{indx}", "{indx:%05d}", "{index:%d}", "{item.colr}", "{3}", "{1..3}",
                           "{print}", "{index:%05x}", "{index:%0d}"}) {
    Ran ran = indexrun("--index 0 --item a echo").args({text}).run();
    EXPECT_THAT(ran, Refuses({.exit = 196, .stage = "templates"})) << text;
    EXPECT_THAT(ran.err, testing::HasSubstr("{{")) << text << " wants the literal form shown";
  }
  Ran ran = indexrun("--index 0 --item a echo {indx}").run();
  EXPECT_THAT(ran.err, testing::AllOf(testing::HasSubstr("{indx}"), testing::HasSubstr("index"),
                                      testing::HasSubstr("item"), testing::HasSubstr("count")));
}

TEST_F(Templates, AnUnknownPlaceholderIsFoundWhereverItStands) {
  dir_.write("template", "{indx}\n");
  dir_.write("variables", "A={indx}\n");
  for (const char* words :
       {"-e A={indx}", "--write out-{indx}", "--write-text out {indx}", "--stdin {indx}",
        "--chdir {indx}", "--render template out", "--env-file variables"}) {
    expect_refusal(indexrun("--index 0 --item a").line(words).command(kEcho), {.exit = 196});
  }
}

TEST_F(Templates, PaddingOfWhatIsNoNumberIsAnErrorOfThisItem) {
  expect_refusal(indexrun("--index 0 --item abc echo {:%05d}"), {.exit = 197});
  EXPECT_THAT(indexrun("--index 0 --item 42 echo {:%05d}").run(), Prints("00042\n"));
}

TEST_F(Templates, BracesOfFindAndItsKinOfferTheOtherForms) {
  for (const char* program : {"find", "/usr/bin/find", "xargs", "fd", "parallel"}) {
    Command run =
        indexrun("--index 0 --item a").command({program, ".", "-exec", "echo", "{}", ";"});
    Ran ran = run.run();
    EXPECT_THAT(ran, Refuses({.exit = 196, .stage = "templates", .says = {"{}"}, .hint = "{{}}"}));
    EXPECT_THAT(ran.err, testing::HasSubstr("{item}"));
  }
  dir_.write("one", "");
  EXPECT_THAT(indexrun("--index 0 --item a")
                  .command({"find", "one", "-exec", "echo", "{{}}", "{item}", ";"})
                  .run(),
              Prints("one a\n"));
}

TEST_F(Templates, CanBeTurnedOff) {
  EXPECT_THAT(indexrun("--no-template --index 0 --item a echo {} {indx} {{index}}").run(),
              Prints("{} {indx} {{index}}\n"));
}

TEST_F(Templates, AValueIsNeverExpandedAgain) {
  EXPECT_THAT(indexrun("--index 0 --item {index}$HOME*`id` echo {}").run(),
              Prints("{index}$HOME*`id`\n"));
}

TEST_F(Templates, AValueLandsInsideOneArgument) {
  Command run = indexrun("--index 0").args({"--item", "a b  c", "printf", "<%s>", "{}", "x{}"});
  EXPECT_THAT(run.run(), Prints("<a b  c><xa b  c>"));
}

TEST_F(Templates, TheCountOfAFileIsKnownOnRequest) {
  dir_.write("items.txt", "a\nb\nc\n");
  EXPECT_THAT(indexrun("-f items.txt --index 0 echo {index}/{count}").run(), Prints("0/3\n"));
}

}  // namespace
}  // namespace indexrun::test
