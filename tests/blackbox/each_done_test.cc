// SPDX-License-Identifier: Apache-2.0
// What finished is not run again, and what did not finish is, whenever the worker is killed.
#include "support/blackbox.h"

#include <algorithm>
#include <random>

#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class EachDone : public Blackbox {
 protected:
  [[nodiscard]] Command each(const std::string& words) const {
    return indexrun("-i 0 --tasks 1 --each").line(words);
  }
  [[nodiscard]] Ran sh(const std::string& words, const std::string& script) const {
    return each(words).command({"sh", "-c", script}).run();
  }
  /// Positions of the items that are marked, from what stands in the marks.
  [[nodiscard]] std::vector<int> marked() const {
    std::vector<int> positions;
    for (const std::string& entry : dir_.snapshot()) {
      const std::string name = entry.substr(0, entry.find(' '));
      if (name.rfind("done/", 0) != 0 || name.size() != sizeof "done/" - 1 + 64) {
        continue;
      }
      const std::string text = dir_.read(name);
      EXPECT_THAT(text, testing::MatchesRegex("item [0-9]+ \\('.*'\\) ended with 0\n"));
      positions.push_back(std::stoi(text.substr(sizeof "item")));
    }
    std::sort(positions.begin(), positions.end());
    return positions;
  }
};

TEST_F(EachDone, WhatEndedWith0IsNotRunAgain) {
  const std::string script = "echo {}; test {} != b || test -e repaired";
  Ran ran = sh("--items a,b,c --keep-going --done-dir done", script);
  EXPECT_THAT(ran, Exits(1));
  EXPECT_EQ(ran.out, "a\nb\nc\n");
  EXPECT_EQ(marked(), (std::vector<int>{0, 2}));
  dir_.write("repaired", "");
  ran = sh("--items a,b,c --done-dir done -v", script);
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "b\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("3 items: 1 ended with 0, 0 failed, 2 skipped, "
                                          "0 not run\n"));
  EXPECT_THAT(sh("--items a,b,c --done-dir done", script), Prints(""));
}

TEST_F(EachDone, AnotherCommandOrItemIsAnotherMark) {
  EXPECT_THAT(each("--items a,b --done-dir done -- echo {}").run(), Prints("a\nb\n"));
  EXPECT_THAT(each("--items a,b --done-dir done -- echo -n {}").run(), Prints("ab"));
  EXPECT_THAT(each("--items c,b,a --done-dir done -- echo {}").run(), Prints("c\n"));
  // The same bytes, cut elsewhere.
  EXPECT_THAT(each("--items x --done-dir done -- echo").args({"1", "2"}).run(), Prints("1 2\n"));
  EXPECT_THAT(each("--items x --done-dir done -- echo").args({"1\n1\n2"}).run(),
              Prints("1\n1\n2\n"));
}

TEST_F(EachDone, SlotAndAttemptMakeNoOtherMark) {
  const std::string script = "echo {} >&2; test {attempt} = 1 -a {slot} -ge 0";
  EXPECT_THAT(sh("--items a,b,c -j 3 --retries 1 --backoff 1ms --done-dir done", script), Exits(0));
  EXPECT_EQ(marked(), (std::vector<int>{0, 1, 2}));
  EXPECT_THAT(sh("--items a,b,c -j 1 --done-dir done", script), Prints(""));
  EXPECT_THAT(sh("--items c,b,a -j 2 --done-dir done", script), Prints(""));
}

TEST_F(EachDone, MappedTo0IsDone) {
  EXPECT_THAT(sh("--items 3 --map-exit 3=0 --done-dir done", "exit {}"), Exits(0));
  EXPECT_EQ(marked(), (std::vector<int>{0}));
}

TEST_F(EachDone, ADirectoryThatCannotBeUsedIsRefusedBeforeAnythingRuns) {
  dir_.write("file", "");
  expect_refusal(each("--items a --done-dir file").command(kEcho),
                 {.exit = 198, .stage = "share", .object = "file"});
  expect_refusal(each("--items a --done-dir file/deep").command(kEcho),
                 {.exit = 198, .stage = "share"});
  expect_refusal(each("--items a --done-dir /proc/done").command(kEcho),
                 {.exit = 198, .stage = "share", .object = "/proc/done"});
  INDEXRUN_SKIP_UNLESS(is_root(), "only root changes the user");
  dir_.make_folder("closed", 0555);
  expect_refusal(each("--items a --done-dir closed").command(kEcho).as_user(65534),
                 {.exit = 198, .stage = "share", .object = "closed"});
}

TEST_F(EachDone, AFullDiskIsRefusedBeforeAnythingRuns) {
  Command run = each("--items a --done-dir done").command(kEcho);
  run.in_child([] {
    const rlimit none{0, 0};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &none);
  });
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(198));
  EXPECT_EQ(ran.out, "");
}

TEST_F(EachDone, AReadOnlyVolumeIsRefusedBeforeAnythingRuns) {
  INDEXRUN_SKIP_UNLESS(is_root(), "only root mounts");
  const std::string folder = dir_.make_folder("volume");
  if (::mount("none", folder.c_str(), "tmpfs", MS_RDONLY, "") != 0) {
    INDEXRUN_SKIP_UNLESS(false, "cannot mount");
  }
  expect_refusal(each("--items a --done-dir volume").command(kEcho),
                 {.exit = 198, .stage = "share", .object = "volume", .says = {"Read-only"}});
  EXPECT_EQ(::umount(folder.c_str()), 0);
}

TEST_F(EachDone, AMarkThatCannotBeWrittenIsAFailure) {
  Ran ran = sh("--items a,b --keep-going --done-dir done", "rm -rf done; echo {}");
  EXPECT_THAT(ran, Exits(198));
  EXPECT_EQ(ran.out, "a\nb\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("share: item 0 ('a'): share: done/"));
}

TEST_F(EachDone, NoOutputReplacesAMark) {
  expect_refusal(each("--items a --done-dir done -w done/x")
                     .command(kEcho)
                     .in((dir_.make_folder("done"), dir_.path())),
                 {.exit = 196, .stage = "inputs", .object = "done/x"});
}

TEST_F(EachDone, EqualItemsThatAreNotRunAreTold) {
  Ran ran = sh("--items a,a,b,a --done-dir done", "echo {}");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "a\nb\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("--done-dir: 2 items were not run, as an equal item"));
  EXPECT_THAT(ran.err, testing::HasSubstr("{index}"));
  EXPECT_THAT(sh("--items a,a,b,a --done-dir done", "echo {}").err,
              testing::HasSubstr("--done-dir: 2 items were not run"));
  EXPECT_THAT(sh("--items b,a --done-dir done", "echo {}"), Prints(""));
  EXPECT_THAT(sh("--items a,a,b,a --done-dir each", "echo {index}"), Prints("0\n1\n2\n3\n"));
  EXPECT_THAT(sh("--items a,a,b,a --done-dir each", "echo {index}"), Prints(""));
}

TEST_F(EachDone, ItemsWhosePathExistsAreSkipped) {
  dir_.write("sub/a.out", "");
  Ran ran = sh("--items a,b -C sub --skip-if-exists {}.out -v", "echo {}; touch {}.out");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "b\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("item 0 ('a'): skipped, as 'a.out' exists"));
  EXPECT_THAT(sh("--items a,b -C sub --skip-if-exists {}.out", "echo {}"), Prints(""));
}

TEST_F(EachDone, AKillAtAnyMomentLosesNothingAndMarksNothingThatDidNotFinish) {
  constexpr int kItems = 48;
  std::mt19937 random(testing::UnitTest::GetInstance()->random_seed());
  const std::string words = "--range 0.." + std::to_string(kItems - 1) + " -j 4 --done-dir done";
  const std::string script = "echo begin-{}-; echo x >> ran-{}; echo end-{}-; touch finished-{}";
  for (int round = 0; round < 12; ++round) {
    const std::vector<int> done = marked();
    std::vector<int> left;
    for (int item = 0; item < kItems; ++item) {
      if (!std::binary_search(done.begin(), done.end(), item)) {
        left.push_back(item);
      }
    }
    if (left.empty()) {
      break;
    }
    const int target = left[random() % std::min<std::size_t>(left.size(), 8)];
    Started run = each(words).command({"sh", "-c", script}).start();
    const std::string event =
        (random() % 2 == 0 ? "begin-" : "end-") + std::to_string(target) + "-";
    EXPECT_TRUE(run.wait_for_output(event));
    run.send(SIGKILL);
    EXPECT_THAT(run.finish(), DiesBy(SIGKILL));
    for (const int item : marked()) {
      EXPECT_TRUE(dir_.has("finished-" + std::to_string(item))) << item << " in round " << round;
    }
  }
  EXPECT_THAT(each(words).command({"sh", "-c", script}).run(), Exits(0));
  EXPECT_EQ(marked().size(), static_cast<std::size_t>(kItems));
  for (int item = 0; item < kItems; ++item) {
    EXPECT_TRUE(dir_.has("finished-" + std::to_string(item))) << item;
  }
  EXPECT_THAT(each(words).command({"sh", "-c", script}).run(), Prints(""));
}

}  // namespace
}  // namespace indexrun::test
