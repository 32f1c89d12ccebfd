// SPDX-License-Identifier: Apache-2.0
#include "share/marks.h"

#include "given.h"
#include "support/temp_dir.h"

#include <set>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

TEST(Marks, AreNamedByItemAndCommandAlone) {
  EXPECT_EQ(Marks::name(item_at(1, "a"), {"x", "y"}), Marks::name(item_at(2, "a"), {"x", "y"}));
  const std::set<std::string> names{
      Marks::name(item_at(0, "a"), {"x", "y"}),  Marks::name(item_at(0, "b"), {"x", "y"}),
      Marks::name(item_at(0, "a"), {"xy"}),      Marks::name(item_at(0, "a"), {"x\ny"}),
      Marks::name(item_at(0, "a"), {"x\n1\ny"}), Marks::name(item_at(0, "a"), {"x", "y", ""}),
      Marks::name(item_at(0, "ax"), {"y"}),      Marks::name(item_at(0, "a\n1\nx"), {"y"}),
  };
  EXPECT_EQ(names.size(), 8U);
  for (const std::string& name : names) {
    EXPECT_EQ(name.size(), 64U);
    EXPECT_EQ(name.find_first_not_of("0123456789abcdef"), std::string::npos);
  }
}

TEST(Marks, AreThereOnceWritten) {
  const test::TempDir dir;
  const auto marks = Marks::open(dir / "new/done");
  ASSERT_TRUE(marks);
  EXPECT_EQ(dir.snapshot().size(), 2U) << "the trial is still there";
  EXPECT_FALSE(marks->has("abc"));
  EXPECT_TRUE(marks->write("abc", item_at(7, "foo")));
  EXPECT_TRUE(marks->has("abc"));
  EXPECT_EQ(dir.read("new/done/abc"), "item 7 ('foo') ended with 0\n");
}

TEST(Marks, ThatCannotBeWrittenAreAFailedOutput) {
  const test::TempDir dir;
  dir.write("file", "");
  const auto none = Marks::open(dir / "file");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().failure, Failure::kInput);

  const auto marks = Marks::open(dir / "done");
  dir.make_folder("done/abc");
  const auto written = marks->write("abc", item_at(0, "a"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().failure, Failure::kInput);
}

}  // namespace
}  // namespace indexrun::share
