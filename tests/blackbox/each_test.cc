// SPDX-License-Identifier: Apache-2.0
// The program once for each item: which items, in which slots, and what the sum of them is.
#include "support/blackbox.h"
#include "support/record.h"

#include <algorithm>
#include <sstream>

namespace indexrun::test {
namespace {

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

class Each : public Blackbox {
 protected:
  [[nodiscard]] Command each(const std::string& words) const {
    return indexrun("-i 0 --tasks 1 --each").line(words);
  }
  [[nodiscard]] Ran sh(const std::string& words, const std::string& script) const {
    return each(words).command({"sh", "-c", script}).run();
  }
};

TEST_F(Each, RunsTheProgramForEveryItemOfTheShareInOrder) {
  EXPECT_THAT(indexrun("-i 1 --tasks 2 --items a,b,c,d,e --each -- echo {index} {} {count}").run(),
              Prints("3 d 5\n4 e 5\n"));
}

TEST_F(Each, AnItemThatCannotBeReadIsNamedByItsPosition) {
  dir_.write("list.csv", "a,b\n1,2\n3\n5,6\n7\n9,10\n");
  Ran ran = indexrun("-i 1 --tasks 2 --split cyclic -f list.csv --each --keep-going -- true").run();
  EXPECT_THAT(ran, Exits(197));
  EXPECT_THAT(ran.err, testing::HasSubstr("share: item 1 (''): items: list.csv:3:"));
  EXPECT_THAT(ran.err, testing::HasSubstr("share: item 3 (''): items: list.csv:5:"));
}

TEST_F(Each, AListThatWasRewrittenEndsTheShareOnce) {
  dir_.write("list", "0\n1\n2\n3\n");
  Ran ran = sh("-f list --keep-going -v", "test {} != 1 || echo 4 >> list");
  EXPECT_THAT(ran, Exits(198));
  EXPECT_THAT(ran.err, testing::HasSubstr("items: list: the list changed while it was read"));
  EXPECT_THAT(ran.err, testing::HasSubstr("2 ended with 0, 0 failed, 0 skipped, 2 not run"));
}

TEST_F(Each, AListThatWasReplacedAsAWholeIsReadToItsEnd) {
  dir_.make_folder("one");
  dir_.write("one/list", "a\nb\nc\n");
  dir_.make_folder("two");
  dir_.write("two/list", "x\n");
  dir_.link("one", "..data");
  EXPECT_THAT(sh("-f ..data/list", "echo {}; ln -sfn two ..data; rm -rf one"), Prints("a\nb\nc\n"));
}

TEST_F(Each, HasTheItemsOwnVariables) {
  EXPECT_THAT(sh("--items a,b", "echo $INDEXRUN_INDEX $INDEXRUN_ITEM $INDEXRUN_SLOT"),
              Prints("0 a 0\n1 b 0\n"));
  EXPECT_THAT(indexrun("-i 0 --item a -- sh -c")
                  .args({"echo ${INDEXRUN_SLOT-none}"})
                  .env("INDEXRUN_SLOT", "7")
                  .run(),
              Prints("none\n"));
}

TEST_F(Each, WritesEachItemsFilesBeforeItRuns) {
  dir_.make_folder("sub");
  EXPECT_THAT(sh("--items a,b,c -C sub -w in -e X={}-x", "cat in; echo $X"),
              Prints("a\na-x\nb\nb-x\nc\nc-x\n"));
}

TEST_F(Each, GivesNoStandardInputUnlessAsked) {
  Command run = each("--items a,b -- sh -c").args({"cat; echo end"}).input("ours\n");
  EXPECT_THAT(run.run(), Prints("end\nend\n"));
  EXPECT_THAT(each("--items a,b --stdin {}; -- cat").run(), Prints("a;b;"));
}

TEST_F(Each, StopsAtTheFirstFailure) {
  Ran ran = sh("--items a,b,c -v", "echo {}; test {} != b");
  EXPECT_THAT(ran, Exits(1));
  EXPECT_EQ(ran.out, "a\nb\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("indexrun: share: item 1 ('b'): ended with 1\n"));
  EXPECT_THAT(ran.err, testing::HasSubstr("3 items: 1 ended with 0, 1 failed, 0 skipped, "
                                          "1 not run\n"));
}

TEST_F(Each, TellsRunningItemsToStopAtTheFirstFailure) {
  dir_.make_fifo("up");
  Ran ran = sh("--items fails,runs -j 2 --grace 20 -v",
               "if test {} = runs; then echo > up; exec sleep 600; fi; read x < up; exit 3");
  EXPECT_THAT(ran, Exits(3));
  EXPECT_THAT(ran.err, testing::HasSubstr("1 failed, 0 skipped, 1 not run\n"));
}

TEST_F(Each, KillsWhatDoesNotStopInTime) {
  dir_.make_fifo("up");
  Ran ran = sh("--items fails,runs -j 2 --grace 100ms",
               "if test {} = runs; then trap '' TERM; echo > up; while :; do sleep 600; done; fi; "
               "read x < up; exit 3");
  EXPECT_THAT(ran, Exits(3));
}

TEST_F(Each, KeepsGoingAndTellsTheFailureWithTheLowestPosition) {
  dir_.make_fifo("late");
  // The item at 1 fails after the one at 2 has.
  Ran ran = sh("--items 0,5,6,0,7 -j 2 --keep-going",
               "case {} in 5) read x < late;; 6) trap 'echo > late' EXIT;; esac; exit {}");
  EXPECT_THAT(ran, Exits(5));
  EXPECT_EQ(sorted_lines(ran.err),
            (std::vector<std::string>{"indexrun: share: item 1 ('5'): ended with 5",
                                      "indexrun: share: item 2 ('6'): ended with 6",
                                      "indexrun: share: item 4 ('7'): ended with 7"}));
}

TEST_F(Each, NamesSignalsAndTimeLimits) {
  Ran ran = sh("--items a --keep-going", "kill -9 $$");
  EXPECT_THAT(ran, Exits(137));
  EXPECT_EQ(ran.err, "indexrun: share: item 0 ('a'): was killed by KILL\n");
  ran = sh("--items 0,600 --timeout 300ms --keep-going", "exec sleep {}");
  EXPECT_THAT(ran, Exits(124));
  EXPECT_THAT(ran.err, testing::StartsWith("indexrun: share: item 1 ('600'): the time limit"));
}

TEST_F(Each, AProgramsOwn196To199IsOne) {
  for (const char* status : {"196", "197", "198", "199"}) {
    EXPECT_THAT(sh(std::string("--items ") + status, "exit {}"), Exits(1));
  }
  EXPECT_THAT(sh("--items 195", "exit {}"), Exits(195));
  EXPECT_THAT(sh("--items 3 --map-exit 3=197", "exit {}"), Exits(197));
  EXPECT_THAT(sh("--items 3,4 --map-exit 3=0", "exit {}"), Exits(4));
}

TEST_F(Each, TriesAgainWithTheAttemptsNumber) {
  Ran ran = sh("--items a,b --retries 2 --backoff 1ms -v",
               "echo {}{attempt}; test {attempt} = 2 || exit 7");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(sorted_lines(ran.out), (std::vector<std::string>{"a0", "a1", "a2", "b0", "b1", "b2"}));
  EXPECT_THAT(ran.err, testing::HasSubstr("attempt 2 of 3 in 1 ms\n"));
  EXPECT_THAT(ran.err, testing::HasSubstr("attempt 3 of 3 in 2 ms\n"));
  ran = sh("--items a,b --retries 1 --backoff 1ms", "echo {}{attempt}; exit 7");
  EXPECT_THAT(ran, Exits(7));
  EXPECT_THAT(ran.err, testing::HasSubstr("ended with 7, after 2 attempts\n"));
}

TEST_F(Each, AnItemThatWaitsForItsNextAttemptKeepsNobodyElseWaiting) {
  // With a single slot: the second item runs while the first one waits, and lets it succeed.
  EXPECT_THAT(sh("--items a,b --retries 1 --backoff 500ms",
                 "if test {} = a; then test -e b-was-here; else touch b-was-here; fi"),
              Exits(0));
}

TEST_F(Each, SlotsBelongToOneItemAtATime) {
  Ran ran = sh("--range 1..60 -j 3",
               "mkdir slot-{slot} || exit 9; echo $INDEXRUN_SLOT; rmdir slot-{slot}");
  EXPECT_THAT(ran, Exits(0));
  const std::vector<std::string> lines = sorted_lines(ran.out);
  EXPECT_EQ(lines.size(), 60U);
  EXPECT_EQ(lines.front(), "0");
  EXPECT_LE(lines.back(), "2");
}

TEST_F(Each, TakesTheLowestFreeSlot) {
  dir_.make_fifo("go");
  // Slot 0 is held by the first item until the last one has run: all others share slot 1.
  Ran ran = sh("--items hold,a,b,c,free -j 2",
               "case {} in hold) read x < go;; free) echo > go;; esac; echo {} {slot}");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(sorted_lines(ran.out),
            (std::vector<std::string>{"a 1", "b 1", "c 1", "free 1", "hold 0"}));
}

TEST_F(Each, AnItemThatCannotBePreparedFailsAlone) {
  Ran ran = indexrun("-i 0 --tasks 1 --each --keep-going --items 1,x,3 -- echo {item:%03d}").run();
  EXPECT_THAT(ran, Exits(197));
  EXPECT_EQ(ran.out, "001\n003\n");
  EXPECT_THAT(ran.err, testing::HasSubstr("share: item 1 ('x'): "));
}

TEST_F(Each, WhatConcernsEveryItemEndsTheShareAtOnce) {
  Ran ran = each("--items a,b --keep-going -- echo {nothing}").run();
  EXPECT_THAT(ran, Refuses({.exit = 196, .says = {"{nothing}"}}));
}

TEST_F(Each, AProgramThatIsNotThereFailsEachItem) {
  Ran ran = each("--items a,b --keep-going -- ./none").run();
  EXPECT_THAT(ran, Exits(127));
  EXPECT_EQ(sorted_lines(ran.err).size(), 2U);
  EXPECT_THAT(each("--items a --map-exit 1=2 -- ./none").run(), Exits(127));
}

TEST_F(Each, TwoItemsThatRunTogetherNeedTwoOutputs) {
  expect_refusal(
      each("--items a,b,c -j 2 -w same").command(kEcho),
      {.exit = 196, .stage = "share", .says = {"item 1 ('b')", "item 0 ('a')"}, .hint = "{slot}"});
  EXPECT_THAT(sh("--items a,b,c -w same", "cat same"), Prints("a\nb\nc\n"));
  EXPECT_THAT(sh("--items a,b,c -j 2 -w in-{slot}", "cat in-{slot} >&2; test -s in-{slot}"),
              Exits(0));
  // Found only when it happens: the first two differ.
  dir_.make_fifo("never");
  Ran ran = sh("--items a,b,a -j 3 --grace 100ms -w in-{}", "exec sleep 600");
  EXPECT_THAT(ran, Exits(196));
  EXPECT_THAT(ran.err, testing::HasSubstr("item 2 ('a')"));
}

TEST_F(Each, TheRecordHasTheCountsAndTheFirstFailure) {
  dir_.write("message", "");
  Ran ran = sh("--items 0,4,0,5 --keep-going --message-file message", "exit {}");
  EXPECT_THAT(ran, Exits(4));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["outcome"], R"("exited")");
  EXPECT_EQ(record["exit"], "4");
  EXPECT_EQ(record["item"], "null");
  EXPECT_EQ(record["items"], "4");
  EXPECT_EQ(record["succeeded"], "2");
  EXPECT_EQ(record["failed"], "2");
  EXPECT_EQ(record["skipped"], "0");
  EXPECT_EQ(record.text("reason"), "item 1 ('4'): ended with 4");
  EXPECT_EQ(record["attempts"], "4");
}

TEST_F(Each, TheRecordTellsAnItemThatWasNotStarted) {
  dir_.write("message", "");
  EXPECT_THAT(each("--items a --message-file message -- ./none").run(), Exits(127));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["class"], R"("notfound")");
  EXPECT_EQ(record["exit"], "127");
  EXPECT_THAT(record.text("reason"), testing::StartsWith("item 0 ('a'): launch: "));
}

TEST_F(Each, AnEmptyShareIsDone) {
  Ran ran = indexrun("-i 2 --tasks 3 --items a,b --each -- echo ran").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "");
}

TEST_F(Each, OrphansAreEndedWithTheShare) {
  Ran ran = sh("--items a,b -j 2", "sleep 600 & echo {}");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_FALSE(ran.out_of_time);
  EXPECT_EQ(sorted_lines(ran.out), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Each, NeedsASupervisor) {
  expect_refusal(each("--items a,b --supervise never").command(kEcho), {.exit = 196});
}

}  // namespace
}  // namespace indexrun::test
