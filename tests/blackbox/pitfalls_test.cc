// SPDX-License-Identifier: Apache-2.0
// What start-up scripts and job list tools get wrong without a word, one test for each: the same
// situation here is either right or a loud failure.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

class Pitfall : public Blackbox {
 protected:
  void SetUp() override { dir_.write("list", "a\nb\nc\n"); }

  /// A worker of the list that prints its item.
  [[nodiscard]] Command worker(const std::string& words = {}) const {
    return indexrun("-f list").line(words).command({"echo", "{}"});
  }
};

// ${items[9]}; sed -n 9p; awk NR==9: an empty item.
TEST_F(Pitfall, PastTheEndIsNoEmptyItem) {
  expect_refusal(worker("-i 9 --write data.txt"), {.exit = 197, .stage = "items"});
}

// head -n 9 | tail -n 1
TEST_F(Pitfall, PastTheEndIsNotTheLastItem) {
  expect_refusal(worker("-i 3"), {.exit = 197, .stage = "items", .says = {"3 items"}});
}

// ${items[$UNSET]}; a lookup with a default of 0 or 1.
TEST_F(Pitfall, AnUnsetIndexIsNotTheFirstItem) {
  expect_refusal(worker(), {.exit = 196, .stage = "index"});
  expect_refusal(worker("--index-env NONE"), {.exit = 196, .stage = "index"});
  expect_refusal(worker("--index-env NONE").env("NONE", ""), {.exit = 196, .stage = "index"});
}

// sed -n "${UNSET}p"
TEST_F(Pitfall, AnUnsetIndexIsNotTheWholeList) {
  expect_refusal(indexrun("-f list").args({"-i", "", "echo", "{}"}),
                 {.exit = 196, .stage = "index"});
}

// Arithmetic evaluates the name.
TEST_F(Pitfall, TheWordUndefinedIsNoIndex) {
  expect_refusal(worker().env("SGE_TASK_ID", "undefined"), {.exit = 196, .stage = "index"});
}

// A negative subscript.
TEST_F(Pitfall, TaskZeroOfABaseOfOneIsNotTheLastItem) {
  expect_refusal(worker().env("LSB_JOBINDEX", "0"), {.exit = 196, .stage = "index"});
  expect_refusal(worker("-i 0 --base 1"), {.exit = 196, .stage = "index"});
}

// A test for "not given" that 0 passes too.
TEST_F(Pitfall, IndexZeroIsGiven) {
  EXPECT_THAT(worker("-i 0").run(), Prints("a\n"));
}

// $((008)); $((010))
TEST_F(Pitfall, LeadingZerosAreNoOctal) {
  EXPECT_THAT(worker("-i 002").run(), Prints("c\n"));
  EXPECT_THAT(indexrun("-i 010 --range 0..20 echo {}").run(), Prints("10\n"));
  EXPECT_THAT(indexrun("-i 008 --range 0..20 echo {}").run(), Prints("8\n"));
}

// wc -l; while read
TEST_F(Pitfall, TheLastLineWithoutANewlineIsAnItem) {
  dir_.write("list", "a\nb\nc");
  EXPECT_THAT(worker("-i 2 --expect-count 3").run(), Prints("c\n"));
  EXPECT_THAT(indexrun("count -f list").run(), Prints("3\n"));
}

TEST_F(Pitfall, NoCarriageReturnStaysInAnItem) {
  dir_.write("list", "a\r\nb\r\nc\r\n");
  EXPECT_THAT(worker("-i 1").run(), Prints("b\n"));
}

// echo ${items[i]}, unquoted.
TEST_F(Pitfall, AnItemIsNotSplitGlobbedOrTakenForAnOption) {
  dir_.write("list", "*\n-n\na   b\n$HOME\n`id`\n\\t\n");
  const std::vector<std::string> items{"*", "-n", "a   b", "$HOME", "`id`", "\\t"};
  for (std::size_t index = 0; index < items.size(); ++index) {
    EXPECT_THAT(
        indexrun("-f list -i " + std::to_string(index)).args({"printf", "[%s]", "{}"}).run(),
        Prints("[" + items[index] + "]"));
  }
}

// awk -F, and IFS=, read
TEST_F(Pitfall, AQuotedCommaIsNoSeparator) {
  dir_.write("list.csv", "name,n\n\"a,b\",1\n");
  EXPECT_THAT(indexrun("-i 0 -f list.csv printf [%s] {name} {n}").run(), Prints("[a,b][1]"));
}

// A dialect sniffer confused by a table of one column.
TEST_F(Pitfall, OneColumnIsATableToo) {
  dir_.write("list.csv", "name\na b\nc;d\n");
  EXPECT_THAT(indexrun("-i 1 -f list.csv echo {name}").run(), Prints("c;d\n"));
}

// Blank lines counted by one half of a tool and skipped by the other.
TEST_F(Pitfall, ABlankLineDoesNotShiftTheNumbers) {
  dir_.write("list", "a\n\nb\n");
  expect_refusal(worker("-i 0"), {.exit = 196, .stage = "items", .object = "list:2"});
  EXPECT_THAT(worker("--skip-blank -i 1").run(), Prints("b\n"));
  EXPECT_THAT(indexrun("count --skip-blank -f list").run(), Prints("2\n"));
}

// Seven items and five completions.
TEST_F(Pitfall, FewerTasksThanItemsIsNoticedByEach) {
  expect_refusal(worker("-i 0 --expect-count 2"),
                 {.exit = 196, .stage = "items", .says = {"3 items", "expected 2"}});
}

// --array=1-100 over a list that is counted from 0.
TEST_F(Pitfall, AnArrayFromOneIsNoticedByEveryTask) {
  for (const char* task : {"1", "2", "3"}) {
    expect_refusal(worker()
                       .env("SLURM_ARRAY_TASK_ID", task)
                       .env("SLURM_ARRAY_TASK_MIN", "1")
                       .env("SLURM_ARRAY_TASK_MAX", "3")
                       .env("SLURM_ARRAY_TASK_COUNT", "3"),
                   {.exit = 196, .stage = "items", .hint = "--base 1"});
  }
}

// --array=0-2:2,3 announces a step of 2, which is not that of all its numbers.
TEST_F(Pitfall, AMisleadingStepDoesNotMoveANumber) {
  const auto task = [this](const char* number) {
    return worker()
        .env("SLURM_ARRAY_TASK_ID", number)
        .env("SLURM_ARRAY_TASK_COUNT", "3")
        .env("SLURM_ARRAY_TASK_MIN", "0")
        .env("SLURM_ARRAY_TASK_MAX", "3")
        .env("SLURM_ARRAY_TASK_STEP", "2");
  };
  expect_refusal(task("0"), {.exit = 196, .stage = "items", .says = {"3 items"}});
  dir_.write("list", "a\nb\nc\nd\n");
  EXPECT_THAT(task("2").run(), Prints("c\n"));
  EXPECT_THAT(task("3").run(), Prints("d\n"));
}

// array[index + 1] of an engine that counts from 1: off by two.
TEST_F(Pitfall, TheFirstTaskOfABaseOfOneHasTheFirstItem) {
  EXPECT_THAT(worker().env("LSB_JOBINDEX", "1").run(), Prints("a\n"));
  EXPECT_THAT(worker().env("LSB_JOBINDEX", "3").run(), Prints("c\n"));
}

// export X=$(tool): its failure is lost even under set -e.
TEST_F(Pitfall, AVariableThatCannotBeMadeStopsTheWorker) {
  expect_refusal(indexrun("-i 0 -f list -e X={none}").command(kEcho), {.exit = 196});
}

// Numbers beyond the file that are dropped without a word.
TEST_F(Pitfall, PositionsBeyondTheListAreNotDropped) {
  expect_refusal(worker("-i 0 --only 0,5"), {.exit = 196, .stage = "items", .object = "--only"});
}

// source <(tool); a launcher that exits with 0 when its input is missing.
TEST_F(Pitfall, AMissingListIsNoSuccess) {
  expect_refusal(indexrun("-i 0 -f none").command(kEcho), {.exit = 196, .stage = "items"});
  expect_refusal(indexrun("-i 0 --items-dir none").command(kEcho), {.exit = 196, .stage = "items"});
}

// export $(cat env | xargs)
TEST_F(Pitfall, ABlankInAValueDoesNotCutIt) {
  EXPECT_THAT(indexrun("-i 0 --items-env L -e X={} sh -c")
                  .args({"printf '[%s]' \"$X\""})
                  .env("L", "a b  c")
                  .run(),
              Prints("[a b  c]"));
}

// xargs: 7 becomes 123, 255 becomes 124.
TEST_F(Pitfall, TheStatusIsThatOfTheProgram) {
  for (const int status : {1, 7, 100, 123, 255}) {
    EXPECT_THAT(
        indexrun("-i 0 -f list").command({"sh", "-c", "exit " + std::to_string(status)}).run(),
        Exits(status));
  }
}

// A script of bash in an image that has another sh, or none.
TEST_F(Pitfall, NoShellIsNeeded) {
  EXPECT_THAT(worker("-i 1").env("PATH", "/bin").env("SHELL", "/none").run(), Prints("b\n"));
}

// A list that was edited between two tries.
TEST_F(Pitfall, AnEditedListIsNoticed) {
  const std::string digest = "880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2";
  EXPECT_THAT(worker("-i 0 --expect-sha256 " + digest).run(), Prints("a\n"));
  dir_.write("list", "x\nb\nc\n");
  expect_refusal(worker("-i 1 --expect-sha256 " + digest), {.exit = 196, .stage = "items"});
}

// $(JOB_COMPLETION_INDEX) that Kubernetes did not expand.
TEST_F(Pitfall, AReferenceIsNoIndex) {
  expect_refusal(worker("--index-env I").env("I", "$(JOB_COMPLETION_INDEX)"),
                 {.exit = 196, .stage = "index"});
}

}  // namespace
}  // namespace indexrun::test
