// SPDX-License-Identifier: Apache-2.0
// indexrun copies itself into a volume that other containers share.
#include "support/blackbox.h"

#include <sys/stat.h>

namespace indexrun::test {
namespace {

class Install : public Blackbox {
 protected:
  void expect_works(const std::string& name) const {
    EXPECT_EQ(dir_.mode(name), 0755U);
    EXPECT_THAT(Command({dir_ / name}).line("--index 0 --item a echo {}").run(), Prints("a\n"));
  }
};

TEST_F(Install, CopiesTheExecutableWithMode0755) {
  Command run = indexrun("install copy").in_child([] { umask(077); });
  EXPECT_THAT(run.run(), Prints(""));
  expect_works("copy");
  EXPECT_EQ(dir_.snapshot().size(), 1U) << "a temporary file was left";
}

TEST_F(Install, MakesMissingFolders) {
  EXPECT_THAT(indexrun("install a/b/indexrun").run(), Prints(""));
  expect_works("a/b/indexrun");
}

TEST_F(Install, IntoAFolderKeepsItsName) {
  dir_.make_folder("bin");
  EXPECT_THAT(indexrun("install bin").run(), Prints(""));
  expect_works("bin/indexrun");
}

TEST_F(Install, OverARunningCopyReplacesItWhole) {
  EXPECT_THAT(indexrun("install copy").run(), Prints(""));
  Command running =
      Command({dir_ / "copy"}).line("--supervise always --index 0 --item a").in(dir_.path());
  Started started = running.command({"sh", "-c", "echo ready; cat fifo"}).start();
  std::string fifo = dir_.make_fifo("fifo");
  ASSERT_TRUE(started.wait_for_output("ready"));
  EXPECT_THAT(indexrun("install copy").run(), Prints(""));
  EXPECT_THAT(Command({dir_ / "copy"}).line("install copy").in(dir_.path()).run(), Prints(""));
  expect_works("copy");
  started.send(15);
  EXPECT_EQ(started.finish().shell_status(), 143);
}

TEST_F(Install, IntoAReadOnlyFolderIsAnError) {
  dir_.make_folder("locked", 0555);
  Command run = indexrun("install locked/copy");
  if (is_root()) {
    run.as_user(65534);
  }
  expect_refusal(
      run,
      {.exit = 198, .stage = "install", .object = "locked/copy", .says = {"Permission denied"}});
}

TEST_F(Install, NeedsExactlyOnePath) {
  expect_refusal(indexrun("install"), {.exit = 196, .stage = "options"});
  expect_refusal(indexrun("install a b"), {.exit = 196, .stage = "options"});
}

TEST_F(Install, TheCopyCanCopyItself) {
  EXPECT_THAT(indexrun("install one").run(), Prints(""));
  EXPECT_THAT(Command({dir_ / "one"}).line("install two").in(dir_.path()).run(), Prints(""));
  EXPECT_EQ(dir_.read("one"), dir_.read("two"));
  expect_works("two");
}

}  // namespace
}  // namespace indexrun::test
