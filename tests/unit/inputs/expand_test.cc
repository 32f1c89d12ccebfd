// SPDX-License-Identifier: Apache-2.0
// Command, standard input, working directory, and the place in every error.
#include "inputs/expand.h"

#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ExpandInputs : public Worker {};

TEST_F(ExpandInputs, EveryArgumentIsATemplate) {
  spec.command = {"{}/bin", "--n={number}", "", "a {item} b", "${HOME}", "{{}}"};
  EXPECT_THAT(inputs().argv, ElementsAre("foo/bin", "--n=4", "", "a foo b", "${HOME}", "{}"));
}

TEST_F(ExpandInputs, AValueStaysInItsArgument) {
  item.text = "a  b\n*;'\"\\ $(id) {index}";
  spec.command = {"echo", "{}", "x{}"};
  EXPECT_THAT(inputs().argv, ElementsAre("echo", item.text, "x" + item.text));
}

TEST_F(ExpandInputs, TheAttemptCounts) {
  spec.command = {"run", "{attempt}"};
  EXPECT_EQ(expand(spec, item, Turn{.attempt = 2}, inherited)->argv[1], "2");
}

TEST_F(ExpandInputs, StdinHoldsAnyBytesAndNoNewlineIsAdded) {
  spec.stdin_text = "{item}";
  item.text = std::string("a\0\xFF", 3);
  EXPECT_EQ(inputs().stdin_text, item.text);
  spec.stdin_text = "";
  EXPECT_EQ(inputs().stdin_text, "");
  spec.stdin_text.reset();
  EXPECT_EQ(inputs().stdin_text, std::nullopt);
}

TEST_F(ExpandInputs, ChdirIsATemplate) {
  spec.directory = "work/{index}";
  EXPECT_EQ(inputs().directory, "work/3");
  spec.directory.reset();
  EXPECT_EQ(inputs().directory, std::nullopt);
}

TEST_F(ExpandInputs, WithoutTemplatesAllTextsStayAsTheyAre) {
  const std::string source = dir_.write("t", "{indx} {item}");
  dir_.write("vars", "V={indx}\n");
  spec.expand = false;
  spec.command = {"find", "{}", "{indx}", "{{index}}"};
  spec.directory = "{d}";
  spec.stdin_text = "{s}";
  spec.variables = {{"A", "{a}"}};
  spec.env_files = {dir_ / "vars"};
  add_text("{x}", "{{t}}");
  add_render(source, "r");
  add_write("w");
  const Inputs got = inputs();
  EXPECT_EQ(got.argv, spec.command);
  EXPECT_EQ(got.directory, "{d}");
  EXPECT_EQ(got.stdin_text, "{s}");
  EXPECT_EQ(got.environment.get("A"), "{a}");
  EXPECT_EQ(got.environment.get("V"), "{indx}");
  ASSERT_EQ(got.files.size(), 3U);
  EXPECT_EQ(got.files[0].path, "{d}/{x}");
  EXPECT_EQ(got.files[0].content, "{{t}}");
  EXPECT_EQ(got.files[1].content, "{indx} {item}");
  EXPECT_EQ(got.files[2].content, "foo\n");
}

struct Place {
  const char* object;
  void (*use)(Spec& spec, const test::TempDir& dir);
};

const Place kPlaces[] = {
    {"COMMAND", [](Spec& spec, const test::TempDir&) { spec.command = {"{indx}"}; }},
    {"argument 2",
     [](Spec& spec, const test::TempDir&) {
       spec.command = {"a", "b", "{indx}"};
     }},
    {"--write", [](Spec& spec, const test::TempDir&) { spec.outputs = {{.path = "x{indx}"}}; }},
    {"--write-text out",
     [](Spec& spec, const test::TempDir&) {
       spec.outputs = {{.path = "out", .content = Output::Content::kText, .text = "{indx}"}};
     }},
    {"--env NAME",
     [](Spec& spec, const test::TempDir&) {
       spec.variables = {{"NAME", "{indx}"}};
     }},
    {"--stdin", [](Spec& spec, const test::TempDir&) { spec.stdin_text = "{indx}"; }},
    {"--chdir", [](Spec& spec, const test::TempDir&) { spec.directory = "{indx}"; }},
    {"--write-env", [](Spec& spec, const test::TempDir&) { spec.write_env = "{indx}"; }},
    {"--env-file", [](Spec& spec, const test::TempDir&) { spec.env_files = {"{indx}"}; }},
    {"vars:2",
     [](Spec& spec, const test::TempDir& dir) {
       spec.env_files = {dir.write("vars", "A={item}\nB={indx}\n")};
     }},
    {"t:3",
     [](Spec& spec, const test::TempDir& dir) {
       spec.outputs = {{.path = "out",
                        .content = Output::Content::kRender,
                        .text = dir.write("t", "{item}\n{}\n {indx}")}};
     }},
};

TEST_F(ExpandInputs, AnUnknownPlaceholderIsFoundWhereverItStands) {
  for (const Place& place : kPlaces) {
    spec = {};
    place.use(spec, dir_);
    const Error got = error();
    EXPECT_EQ(got.failure, Failure::kConfig) << place.object;
    EXPECT_EQ(got.stage, "templates") << place.object;
    EXPECT_TRUE(got.object.ends_with(place.object)) << got.object;
    EXPECT_THAT(got.problem, HasSubstr("'{indx}'")) << place.object;
  }
}

TEST_F(ExpandInputs, ANulByteFitsNoArgumentVariableOrPath) {
  item.text = std::string("a\0b", 3);
  const auto expect_refused = [&](const Spec& used) {
    spec = used;
    EXPECT_EQ(error().failure, Failure::kItem);
    EXPECT_THAT(error().problem, HasSubstr("NUL"));
    EXPECT_THAT(error().hint, HasSubstr("--write"));
  };
  Spec used;
  used.command = {"echo", "{}"};
  expect_refused(used);
  used = {};
  used.variables = {{"A", "{item}"}};
  expect_refused(used);
  used = {};
  used.outputs = {{.path = "{item}"}};
  expect_refused(used);
  spec = {};
  spec.command = {"cat"};
  add_write("data");
  EXPECT_EQ(inputs().files[0].content, item.text + "\n");
}

TEST_F(ExpandInputs, AnEmptyPathIsAnError) {
  item.text = "";
  add_write("{}");
  EXPECT_EQ(error().failure, Failure::kItem);
  spec.outputs = {{.path = ""}};
  EXPECT_EQ(error().failure, Failure::kConfig);
  spec.outputs.clear();
  spec.directory = "{item}";
  EXPECT_EQ(error().object, "--chdir");
}

}  // namespace
}  // namespace indexrun::inputs
