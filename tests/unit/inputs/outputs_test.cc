// SPDX-License-Identifier: Apache-2.0
// Paths and contents of the files to write, and two outputs on one path.
#include "inputs/outputs.h"

#include "worker.h"

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using ::testing::HasSubstr;

class Outputs : public Worker {};

TEST_F(Outputs, WriteHoldsTheItemAndANewline) {
  add_write("in/{index}/data");
  const Inputs got = inputs();
  ASSERT_EQ(got.files.size(), 1U);
  EXPECT_EQ(got.files[0].path, "in/3/data");
  EXPECT_EQ(got.files[0].content, "foo\n");
  EXPECT_EQ(got.files[0].mode, 0644U);
}

TEST_F(Outputs, WriteTextHoldsTheTemplateAndNoNewline) {
  add_text("c.json", R"({"i": {index}, "s": "{item}"})");
  spec.write_mode = 0600;
  EXPECT_EQ(inputs().files[0].content, R"({"i": 3, "s": "foo"})");
  EXPECT_EQ(inputs().files[0].mode, 0600U);
}

TEST_F(Outputs, RenderExpandsNamesOnly) {
  add_render(dir_.write("t", "{item} {} {.} {#} ${item} {{item}} {\"a\": {index}}\r\nend"), "out");
  EXPECT_EQ(inputs().files[0].content, "foo {} {.} {#} ${item} {item} {\"a\": 3}\r\nend");
}

TEST_F(Outputs, RenderTakesOtherDelimiters) {
  spec.delimiters = {"<<", ">>"};
  add_render(dir_.write("t", "<<item>> <<<<item>>>> {item} <<>>"), "out");
  add_text("text", "{item} <<item>>");
  EXPECT_EQ(inputs().files[0].content, "foo <<item>> {item} <<>>");
  EXPECT_EQ(inputs().files[1].content, "foo <<item>>");
}

TEST_F(Outputs, TheSourceOfRenderIsATemplateToo) {
  dir_.write("foo.tmpl", "n={number}");
  add_render(dir_ / "{item}.tmpl", "out");
  EXPECT_EQ(inputs().files[0].content, "n=4");
}

TEST_F(Outputs, AMissingSourceIsTheItemsFaultIfTheItemNamesIt) {
  add_render(dir_ / "none", "out");
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_EQ(error().object, dir_ / "none");
  EXPECT_EQ(error().system_error, ENOENT);
  spec.outputs.clear();
  add_render(dir_ / "{item}.tmpl", "out");
  EXPECT_EQ(error().failure, Failure::kItem);
  spec.outputs.clear();
  add_render(dir_.path(), "out");
  EXPECT_EQ(error().system_error, EISDIR);
}

TEST_F(Outputs, RelativePathsStartFromTheWorkingDirectoryOfTheProgram) {
  spec.directory = "work/{index}";
  add_write("data");
  add_write("/abs/data");
  EXPECT_EQ(inputs().files[0].path, "work/3/data");
  EXPECT_EQ(inputs().files[1].path, "/abs/data");
}

TEST_F(Outputs, TheOrderIsKept) {
  add_text("b", "");
  add_write("a");
  add_text("c", "");
  const Inputs got = inputs();
  EXPECT_EQ(got.files[0].path + got.files[1].path + got.files[2].path, "bac");
}

class TwoOutputs : public Worker {
 protected:
  [[nodiscard]] Error error_of(const std::string& first, const std::string& second) {
    spec.outputs.clear();
    add_write(first.starts_with('/') ? first : dir_ / first);
    add_text(second.starts_with('/') ? second : dir_ / second, "x");
    return error();
  }
};

TEST_F(TwoOutputs, OnOnePathAreAnErrorHoweverItIsSpelled) {
  dir_.write("real/data", "");
  dir_.link("real", "folder");
  dir_.link("real/data", "file");
  dir_.link("real/later", "dangling");
  dir_.write("hard", "");
  const std::pair<const char*, const char*> kPairs[] = {
      {"x", "x"},
      {"x", "./x"},
      {"x", "a/../x"},
      {"a/b/x", "a//b/./x"},
      {"foo", "{}"},
      {"real/data", "folder/data"},
      {"real/new", "folder/new"},
      {"real/a/new", "folder/a/new"},
      {"file", "real/data"},
      {"file", "folder/data"},
      {"dangling", "real/later"},
      {"folder/../x", "x"},
  };
  for (const auto& [first, second] : kPairs) {
    const Error got = error_of(first, second);
    EXPECT_EQ(got.failure, Failure::kConfig) << first << " and " << second;
    EXPECT_THAT(got.problem, HasSubstr("same file")) << first << " and " << second;
  }
}

TEST_F(TwoOutputs, OneOfThemTheOthersDirectoryIsAnError) {
  EXPECT_THAT(error_of("x", "x/y").problem, HasSubstr("directory"));
  EXPECT_THAT(error_of("x/y/z", "x").problem, HasSubstr("directory"));
}

TEST_F(TwoOutputs, OnDifferentPathsAreFine) {
  dir_.write("other/below/file", "");
  dir_.link("other/below", "far");
  for (const auto& [first, second] :
       {std::pair{"x", "y"}, {"x", "xy"}, {"a/x", "b/x"}, {"far/../x", "x"}}) {
    EXPECT_EQ(error_of(first, second).problem, "no error") << first << " and " << second;
  }
}

}  // namespace
}  // namespace indexrun::inputs
