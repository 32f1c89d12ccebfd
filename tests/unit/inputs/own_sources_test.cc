// SPDX-License-Identifier: Apache-2.0
// No output replaces what the workers read.
#include "inputs/own_sources.h"

#include "worker.h"

#include <unistd.h>

#include <gmock/gmock.h>

namespace indexrun::inputs {
namespace {

using ::testing::HasSubstr;

class OwnSources : public Worker {
 protected:
  /// The error of one output beside one source.
  [[nodiscard]] Error error_of(const std::string& source, const std::string& output) {
    spec.outputs.clear();
    spec.sources = {dir_ / source};
    add_write(dir_ / output);
    return error();
  }
};

TEST_F(OwnSources, AreNoOutputsHoweverTheyAreSpelled) {
  dir_.write("real/list", "");
  dir_.link("real/list", "link");
  dir_.link("real", "folder");
  ASSERT_EQ(link((dir_ / "real/list").c_str(), (dir_ / "hard").c_str()), 0);
  const std::pair<const char*, const char*> kPairs[] = {
      {"real/list", "real/list"},
      {"real/list", "./real//list"},
      {"real/list", "link"},
      {"link", "real/list"},
      {"real/list", "folder/list"},
      {"real/list", "hard"},
      {"real/list", "no/../real/list"},
  };
  for (const auto& [source, output] : kPairs) {
    const Error got = error_of(source, output);
    EXPECT_EQ(got.failure, Failure::kConfig) << source << " and " << output;
    EXPECT_EQ(got.object, dir_ / output);
    EXPECT_THAT(got.problem, HasSubstr("same file as '" + (dir_ / source))) << output;
    EXPECT_FALSE(got.hint.empty());
  }
}

TEST_F(OwnSources, OfAFolderAreWhatLiesDirectlyInIt) {
  dir_.write("items/a", "");
  dir_.link("items/a", "into");
  dir_.link("../elsewhere", "items/out");
  for (const char* output : {"items/a", "items/new", "no/../items/new", "into", "items/out"}) {
    const Error got = error_of("items", output);
    EXPECT_EQ(got.failure, Failure::kConfig) << output;
    EXPECT_THAT(got.problem, HasSubstr("lies in '" + (dir_ / "items"))) << output;
  }
  for (const char* output : {"data", "items-2/a", "items/below/a", "items/../a"}) {
    EXPECT_EQ(error_of("items", output).problem, "no error") << output;
  }
}

TEST_F(OwnSources, OtherFilesAreFine) {
  dir_.write("list", "");
  dir_.write("same content", "");
  for (const char* output : {"new", "same content", "a/list"}) {
    EXPECT_EQ(error_of("list", output).problem, "no error") << output;
  }
  EXPECT_EQ(error_of("none", "none").problem, "no error") << "there is nothing to replace";
}

TEST_F(OwnSources, AreTemplateFilesToo) {
  const std::string source = dir_.write("foo.tmpl", "n={number}");
  add_render(dir_ / "{item}.tmpl", dir_ / "foo.tmpl");
  EXPECT_EQ(error().failure, Failure::kConfig);
  EXPECT_THAT(error().problem, HasSubstr("same file as"));
  spec.outputs.clear();
  spec.env_files = {dir_ / "{}.tmpl"};
  add_text(source, "x");
  EXPECT_THAT(error().problem, HasSubstr("same file as"));
  spec.outputs.clear();
  spec.write_env = source;
  EXPECT_THAT(error().problem, HasSubstr("same file as"));
}

}  // namespace
}  // namespace indexrun::inputs
