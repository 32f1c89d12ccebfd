// SPDX-License-Identifier: Apache-2.0
// A folder whose files are the items: a ConfigMap mounted as a volume.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class ItemsDir : public Blackbox {
 protected:
  /// As the kubelet lays out a ConfigMap volume.
  void mount(const std::vector<std::pair<std::string, std::string>>& keys) const {
    const std::string dated = "..2026_11_22_22_17_15.3348377987";
    dir_.make_folder("work/" + dated);
    dir_.link(dated, "work/..data");
    for (const auto& [name, content] : keys) {
      dir_.write("work/" + dated + "/" + name, content);
      dir_.link("..data/" + name, "work/" + name);
    }
  }

  [[nodiscard]] Command worker(const std::string& index) const {
    return indexrun("--items-dir work --index").args({index, "echo", "{}", "{name}", "{path}"});
  }
};

TEST_F(ItemsDir, NumberedFilesAreTakenByNumber) {
  for (int number = 0; number < 12; ++number) {
    dir_.write("work/" + std::to_string(number), "item " + std::to_string(number) + "\n");
  }
  EXPECT_THAT(worker("2").run(), Prints("item 2 2 work/2\n"));
  EXPECT_THAT(worker("11").run(), Prints("item 11 11 work/11\n"));
  expect_refusal(worker("12"), {.exit = 197, .stage = "items", .object = "work"});
}

TEST_F(ItemsDir, NamedFilesAreTakenInByteOrder) {
  mount({{"b", "second"}, {"a", "first\n"}, {"C", "zeroth\n\n"}});
  EXPECT_THAT(worker("1").run(), Prints("first a work/a\n"));
  EXPECT_THAT(worker("2").run(), Prints("second b work/b\n"));
  EXPECT_THAT(indexrun("--items-dir work --index 0 printf [%s] {}").run(), Prints("[zeroth\n]"));
  EXPECT_THAT(indexrun("count --items-dir work").run(), Prints("3\n"));
}

TEST_F(ItemsDir, DotFilesAreNoItems) {
  mount({{"a", "first"}});
  dir_.write("work/.hidden", "no");
  EXPECT_THAT(indexrun("count --items-dir work").run(), Prints("1\n"));
}

TEST_F(ItemsDir, AGapInTheNumbersIsAnError) {
  dir_.write("work/0", "a");
  dir_.write("work/2", "b");
  expect_refusal(worker("0"), {.exit = 196, .stage = "items", .object = "work", .says = {"1"}});
}

TEST_F(ItemsDir, TwoNamesOfOneNumberAreAnError) {
  dir_.write("work/0", "a");
  dir_.write("work/1", "b");
  dir_.write("work/01", "c");
  expect_refusal(worker("0"), {.exit = 196, .stage = "items", .object = "work"});
}

TEST_F(ItemsDir, EmptyMissingOrAFileIsAnError) {
  expect_refusal(
      worker("0"),
      {.exit = 196, .stage = "items", .object = "work", .says = {"No such file or directory"}});
  dir_.make_folder("work");
  expect_refusal(worker("0"),
                 {.exit = 196, .stage = "items", .object = "work", .says = {"no items"}});
  dir_.write("file", "a\n");
  expect_refusal(indexrun("--items-dir file --index 0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "file", .hint = "--items-file"});
}

// Copied with "cp -rL" and then edited: the copy of what the volume kept is not what is in use.
TEST_F(ItemsDir, AFolderOfTheNameOfAVolumesDataIsNoItem) {
  dir_.make_folder("work");
  dir_.make_folder("work/..data");
  dir_.write("work/..data/a", "old");
  dir_.write("work/a", "new");
  dir_.write("work/b", "more");
  EXPECT_THAT(worker("0").run(), Prints("new a work/a\n"));
  EXPECT_THAT(indexrun("count --items-dir work").run(), Prints("2\n"));
}

TEST_F(ItemsDir, ANulByteIsADefectOfItsOwnItemOnly) {
  mount({{"a", "fine"}, {"b.gz", std::string("\x1f\x8b\0\xff\n", 5)}, {"c", "fine too"}});
  EXPECT_THAT(worker("2").run(), Prints("fine too c work/c\n"));
  expect_refusal(worker("1"),
                 {.exit = 197, .stage = "items", .object = "work/b.gz", .says = {"NUL"}});
}

}  // namespace
}  // namespace indexrun::test
