// SPDX-License-Identifier: Apache-2.0
// Only a template that needs the number of items makes the list be read to its end.
#include "worker.h"

#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

class WantsCount : public Worker {};

TEST_F(WantsCount, EveryTemplateIsLookedInto) {
  EXPECT_FALSE(wants_count(spec));
  const auto expect_wanted = [](auto&& set) {
    Spec with;
    set(with);
    EXPECT_TRUE(wants_count(with));
    with.expand = false;
    EXPECT_FALSE(wants_count(with));
  };
  expect_wanted([](Spec& with) { with.command = {"echo", "{count}"}; });
  expect_wanted([](Spec& with) { with.command = {"echo", "{tasks:%03d}"}; });
  expect_wanted([](Spec& with) { with.variables = {{"A", "{count}"}}; });
  expect_wanted([](Spec& with) { with.stdin_text = "{count}"; });
  expect_wanted([](Spec& with) { with.directory = "{count}"; });
  expect_wanted([](Spec& with) { with.write_env = "{count}"; });
  expect_wanted([](Spec& with) { with.outputs = {{.path = "{count}"}}; });
  expect_wanted([](Spec& with) {
    with.outputs = {{.path = "x", .content = Output::Content::kText, .text = "{count}"}};
  });
}

TEST_F(WantsCount, OtherTextsDoNotMatter) {
  spec.command = {"echo", "count", "{{count}}", "${count}", "{index}"};
  add_write("{item}");
  add_text("x", "{number}");
  EXPECT_FALSE(wants_count(spec));
}

TEST_F(WantsCount, TemplateFilesAreLookedInto) {
  spec.env_files = {dir_.write("vars", "A={item}\n")};
  add_render(dir_.write("t", "{item}"), "out");
  EXPECT_FALSE(wants_count(spec));
  dir_.write("t", "{count}");
  EXPECT_TRUE(wants_count(spec));
  spec.delimiters = {"<", ">"};
  EXPECT_FALSE(wants_count(spec));
  dir_.write("vars", "A={tasks}\n");
  EXPECT_TRUE(wants_count(spec));
}

TEST_F(WantsCount, AFileThatCannotBeReadTwiceOrYetIsTakenToWantIt) {
  add_render(dir_ / "{item}.t", "out");
  EXPECT_TRUE(wants_count(spec));
  spec.outputs.clear();
  add_render(dir_.make_fifo("fifo"), "out");
  EXPECT_TRUE(wants_count(spec));
  spec.outputs.clear();
  add_render(dir_ / "none", "out");
  EXPECT_FALSE(wants_count(spec)) << "it is reported when it is needed";
}

}  // namespace
}  // namespace indexrun::inputs
