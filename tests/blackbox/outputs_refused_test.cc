// SPDX-License-Identifier: Apache-2.0
// Where a file cannot be written: nothing half-written, the old content stays, nothing runs.
#include "support/blackbox.h"

#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace indexrun::test {
namespace {

class OutputsRefused : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --items foo,bar").line(words).command(kEcho);
  }
};

TEST_F(OutputsRefused, ADirectory) {
  dir_.make_folder("folder");
  expect_refusal(worker("-w folder"), {.exit = 198, .stage = "inputs", .object = "folder"});
}

TEST_F(OutputsRefused, ALoopOfLinks) {
  dir_.link("two", "one");
  dir_.link("one", "two");
  expect_refusal(worker("-w one"), {.exit = 198, .stage = "inputs", .object = "one"});
}

TEST_F(OutputsRefused, AParentThatIsAFile) {
  dir_.write("file", "");
  expect_refusal(worker("-w file/data"), {.exit = 198, .stage = "inputs"});
}

TEST_F(OutputsRefused, ADeviceIsNeverReplaced) {
  expect_refusal(worker("-w /dev/null"), {.exit = 198, .stage = "inputs", .object = "/dev/null"});
  struct stat status {};
  ASSERT_EQ(stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(OutputsRefused, AFifoIsNeverReplaced) {
  dir_.make_fifo("fifo");
  expect_refusal(worker("-w fifo"), {.exit = 198, .stage = "inputs", .object = "fifo"});
}

TEST_F(OutputsRefused, AFolderThatCannotBeWritten) {
  dir_.make_folder("locked", 0555);
  Command run = worker("-w locked/data");
  if (is_root()) {
    run.as_user(65534);
  }
  expect_refusal(
      run,
      {.exit = 198, .stage = "inputs", .object = "locked/data", .says = {"Permission denied"}});
}

TEST_F(OutputsRefused, TheFileOfOnly) {
  dir_.write("only", "0,1");
  expect_refusal(worker("--only @only -w only"),
                 {.exit = 196, .stage = "inputs", .object = "only", .says = {"'only'"}});
}

TEST_F(OutputsRefused, AnotherFileOfAPattern) {
  dir_.make_folder("in");
  dir_.write("in/b.txt", "b");
  dir_.write("in/d.txt", "d");
  for (const char* words : {"-w in/c.txt", "-w ./in//d.txt", "-C in -w a.txt"}) {
    expect_refusal(indexrun("-i 0 --glob in/*.txt").line(words).command(kEcho),
                   {.exit = 196, .stage = "inputs", .says = {"in/*.txt"}});
  }
  expect_refusal(indexrun("stage -i 0 --glob *n/*.txt -w").args({dir_ / "in/c.txt"}),
                 {.exit = 196, .stage = "inputs", .says = {"*n/*.txt"}});
  EXPECT_THAT(indexrun("-i 0 --glob in/*.txt -w in/c.out -w c.txt -w in/.c.txt true").run(),
              Exits(0));
}

TEST_F(OutputsRefused, TheListForAllIndexesToo) {
  dir_.write("list", "a\nb\n");
  for (const char* words : {"", "--tasks 2", "--role 0..=x"}) {
    expect_refusal(indexrun("show --all -f list -w list").line(words),
                   {.exit = 196, .stage = "inputs", .object = "list"});
  }
}

TEST_F(OutputsRefused, AReadOnlyFileSystem) {
  INDEXRUN_SKIP_UNLESS(is_root(), "mounting needs root");
  dir_.make_folder("ro");
  std::string target = dir_ / "ro";
  ASSERT_EQ(mount("none", target.c_str(), "tmpfs", MS_RDONLY, nullptr), 0);
  expect_refusal(
      worker("-w ro/data"),
      {.exit = 198, .stage = "inputs", .object = "ro/data", .says = {"Read-only file system"}});
  umount(target.c_str());
}

TEST_F(OutputsRefused, AFullDiskKeepsTheOldContent) {
  INDEXRUN_SKIP_UNLESS(is_root(), "mounting needs root");
  dir_.make_folder("small");
  std::string target = dir_ / "small";
  ASSERT_EQ(mount("none", target.c_str(), "tmpfs", 0, "size=16k"), 0);
  dir_.write("small/data", "old\n");
  dir_.write("items.txt", std::string(1 << 20, 'x') + "\n");
  expect_refusal(indexrun("--index 0 -f items.txt -w small/data").command(kEcho),
                 {.exit = 198,
                  .stage = "inputs",
                  .object = "small/data",
                  .says = {"No space left on device"}});
  EXPECT_EQ(dir_.read("small/data"), "old\n");
  umount(target.c_str());
}

TEST_F(OutputsRefused, AFileSizeLimitKeepsTheOldContent) {
  dir_.write("data", "old\n");
  dir_.write("items.txt", std::string(1 << 20, 'x') + "\n");
  Command run = indexrun("--index 0 -f items.txt -w data").command(kEcho);
  run.in_child([] {
    rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
  });
  expect_refusal(run,
                 {.exit = 198, .stage = "inputs", .object = "data", .says = {"File too large"}});
  EXPECT_EQ(dir_.read("data"), "old\n");
}

TEST_F(OutputsRefused, AMountPointIsNeverReplaced) {
  INDEXRUN_SKIP_UNLESS(is_root(), "mounting needs root");
  std::string source = dir_.write("source", "mounted\n");
  std::string target = dir_.write("target", "");
  ASSERT_EQ(mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr), 0);
  expect_refusal(worker("-w target"), {.exit = 198, .stage = "inputs", .object = "target"});
  umount(target.c_str());
  EXPECT_EQ(dir_.read("source"), "mounted\n");
}

TEST_F(OutputsRefused, TwoOutputsOnOnePath) {
  dir_.write("t", "x");
  for (const char* words :
       {"-w data -w data", "-w data --write-text data x", "-w data --render t data",
        "-w data -w ./data", "-w a/../data -w data", "-w {} -w foo"}) {
    expect_refusal(worker(words), {.exit = 196});
  }
}

TEST_F(OutputsRefused, TheTemplateThatIsRendered) {
  dir_.write("c", "name={item}\n");
  dir_.link("c", "link");
  for (const std::string& output : std::vector<std::string>{"c", "./c", "link", "no/../c"}) {
    expect_refusal(worker("--render c " + output),
                   {.exit = 196, .stage = "inputs", .object = output, .says = {"'c'"}});
  }
}

TEST_F(OutputsRefused, AFileThatTheWorkersRead) {
  dir_.write("list", "foo\nbar\n");
  dir_.write("items/a", "foo");
  dir_.write("index", "0\n");
  dir_.write("vars", "A=1\n");
  for (const auto& [words, output, source] :
       {std::array{"--index 0 -f list", "list", "'list'"},
        {"--index 0 --items-dir items", "items/b", "'items'"},
        {"--index-file index --items a", "./index", "'index'"},
        {"--index 0 --items a --env-file vars", "vars", "'vars'"}}) {
    expect_refusal(indexrun(words).args({"-w", output}).command(kEcho),
                   {.exit = 196, .stage = "inputs", .object = output, .says = {source}});
  }
}

TEST_F(OutputsRefused, TheTerminationMessage) {
  dir_.write("message", "");
  EXPECT_THAT(worker("--message-file message -w ./message").run(),
              Refuses({.exit = 196, .stage = "inputs", .object = "./message"}));
  EXPECT_THAT(dir_.read("message"), testing::HasSubstr("\"exit\":196"));
}

TEST_F(OutputsRefused, WhatStandardOutputIs) {
  dir_.write("log", "kept\n");
  for (const std::string& output : std::vector<std::string>{"/dev/stdout", "/proc/self/fd/1"}) {
    Command run = worker("-w " + output).stdout_to(dir_ / "log");
    expect_refusal(run, {.exit = 196, .stage = "inputs", .object = output, .hint = "--stdin"});
  }
}

// Of a copy: should it be written after all, it is not the one under test that is lost.
TEST_F(OutputsRefused, TheExecutableItself) {
  std::filesystem::copy_file(binary(), dir_ / "copy");
  expect_refusal(
      Command({dir_ / "copy"}).line("--index 0 --item a -w /proc/self/exe").command(kEcho),
      {.exit = 196, .stage = "inputs", .object = "/proc/self/exe", .hint = "--stdin"});
}

TEST_F(OutputsRefused, ATemplateFileWithoutEnd) {
  expect_refusal(worker("--render /dev/zero out"),
                 {.exit = 196, .stage = "inputs", .object = "/dev/zero", .says = {"64 MiB"}});
  expect_refusal(worker("--env-file /dev/zero"),
                 {.exit = 196, .stage = "inputs", .object = "/dev/zero", .says = {"1 MiB"}});
}

TEST_F(OutputsRefused, TheSecondOutputFailsBeforeAnythingRuns) {
  dir_.make_folder("folder");
  Ran ran = worker("-w data -w folder").run();
  EXPECT_THAT(ran, Refuses({.exit = 198, .stage = "inputs", .object = "folder"}));
}

TEST_F(OutputsRefused, AnEmptyPath) {
  expect_refusal(indexrun("--index 0 --item a -w").args({""}).command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--write"});
}

TEST_F(OutputsRefused, AMissingTemplateFile) {
  Ran ran = worker("--render none out").run();
  EXPECT_THAT(ran.exit, testing::AnyOf(196, 198)) << ran;
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, testing::HasSubstr("No such file or directory"));
  EXPECT_FALSE(dir_.has("out"));
}

TEST_F(OutputsRefused, TheConfigurationFile) {
  dir_.write("job.yaml", "items: [a, b]\n");
  expect_refusal(indexrun("--config job.yaml --index 0 -w job.yaml").command({"true"}),
                 {.exit = 196, .stage = "inputs", .object = "job.yaml", .says = {"same file"}});
}

}  // namespace
}  // namespace indexrun::test
