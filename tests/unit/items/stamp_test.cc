// SPDX-License-Identifier: Apache-2.0
#include "items/stamp.h"

#include "temporary.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace indexrun::items {
namespace {

class StampOfASource : public testing::Test {
 protected:
  Temporary folder_;  // NOLINT: a fixture
};

TEST_F(StampOfASource, NoticesThatAnotherFileHasItsName) {
  const Spec spec{.source = File{.path = folder_.file("items", "foo\nbar\n")}};
  const Stamp stamp(spec);
  EXPECT_TRUE(stamp.check().has_value());
  std::filesystem::rename(folder_.file("new", "foo\nbar\n"), folder_.path("items"));
  const auto now = stamp.check();
  ASSERT_FALSE(now.has_value());
  EXPECT_EQ(now.error().failure, Failure::kInput);
}

TEST_F(StampOfASource, NoticesThatAVolumeWasReplaced) {
  static_cast<void>(folder_.file("volume/..1/0", "foo"));
  static_cast<void>(folder_.file("volume/..2/0", "foo"));
  std::filesystem::create_symlink("..1", folder_.path("volume/..data"));
  const Spec spec{.source = Directory{.path = folder_.path("volume")}};
  const Stamp stamp(spec);
  EXPECT_TRUE(stamp.check().has_value());
  std::filesystem::create_symlink("..2", folder_.path("volume/..data_tmp"));
  std::filesystem::rename(folder_.path("volume/..data_tmp"), folder_.path("volume/..data"));
  EXPECT_FALSE(stamp.check().has_value());
}

TEST_F(StampOfASource, WithoutAPathNeverChanges) {
  const Spec spec{.source = Inline{{"foo"}}};
  EXPECT_TRUE(Stamp(spec).check().has_value());
}

}  // namespace
}  // namespace indexrun::items
