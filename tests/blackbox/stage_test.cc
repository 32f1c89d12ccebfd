// SPDX-License-Identifier: Apache-2.0
// The init container: prepares the same inputs, and variables for another container.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class Stage : public Blackbox {
 protected:
  [[nodiscard]] Command stage(const std::string& words) const {
    return indexrun("stage --index 1 --items foo,bar").line(words);
  }
};

TEST_F(Stage, WritesWhatRunWouldWrite) {
  dir_.write("t", "{item}");
  EXPECT_THAT(stage("-w in/data --write-text n {index} --render t r").run(), Prints(""));
  EXPECT_EQ(dir_.read("in/data"), "bar\n");
  EXPECT_EQ(dir_.read("n"), "1");
  EXPECT_EQ(dir_.read("r"), "bar");
}

TEST_F(Stage, CanBeRepeated) {
  EXPECT_THAT(stage("-w data").run(), Prints(""));
  EXPECT_THAT(stage("-w data").run(), Prints(""));
  EXPECT_EQ(dir_.read("data"), "bar\n");
}

TEST_F(Stage, WritesVariablesInKubernetesStrictForm) {
  EXPECT_THAT(stage("--write-env vars -e A={} ").args({"-e", "B=two words\nand \"$lines\""}).run(),
              Prints(""));
  EXPECT_THAT(dir_.read("vars"), testing::HasSubstr("A='bar'\n"));
  EXPECT_THAT(dir_.read("vars"), testing::HasSubstr("B='two words\nand \"$lines\"'\n"));
}

TEST_F(Stage, ASingleQuoteCannotBeWrittenAndIsRefused) {
  expect_refusal(stage("--write-env vars").args({"-e", "A=it's"}),
                 {.exit = 196, .stage = "inputs", .says = {"A"}});
  expect_refusal(indexrun("stage --index 0 --item it's --write-env vars -e A={}"),
                 {.exit = 197, .stage = "inputs", .says = {"A"}});
}

TEST_F(Stage, LeavesARecordOfItsOwn) {
  dir_.write("message", "");
  Ran ran = stage("-w data --items-env NONE --message-file message").run();
  EXPECT_THAT(ran, Exits(196));
  EXPECT_THAT(dir_.read("message"), testing::HasSubstr("\"exit\":196"));
}

}  // namespace
}  // namespace indexrun::test
