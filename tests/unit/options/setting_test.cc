// SPDX-License-Identifier: Apache-2.0
#include "options/setting.h"

#include <gtest/gtest.h>

namespace indexrun::options {
namespace {

TEST(Setting, SaysWhereItStands) {
  Setting setting;
  setting.option = &option(Id::kWrite);
  EXPECT_EQ(where(setting), "--write");
  setting.level = Level::kVariable;
  EXPECT_EQ(where(setting), "INDEXRUN_OPTIONS: --write");
  setting.level = Level::kFile;
  setting.place = {"job.yaml", 3, 5};
  setting.key = "write";
  EXPECT_EQ(where(setting), "job.yaml:3:5: write");
}

TEST(Setting, APlaceWithoutALineIsTheFile) {
  EXPECT_EQ(where(Place{"job.yaml", 0, 0}), "job.yaml");
}

}  // namespace
}  // namespace indexrun::options
