// SPDX-License-Identifier: Apache-2.0
// More items than tasks: who gets what, and the program run once with all of it.
#include "support/blackbox.h"

#include <fstream>

namespace indexrun::test {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

class Shares : public Blackbox {
 protected:
  /// What each task of `count` is given, one line a task.
  [[nodiscard]] std::string shown(const std::string& words) const {
    Ran ran = indexrun("show --all").line(words).args({"--", "echo", "{items}"}).run();
    EXPECT_EQ(ran.exit, 0) << ran;
    std::string shares;
    for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1) {
      const std::string line = ran.out.substr(at, ran.out.find('\n', at) - at);
      const std::size_t command = line.find("\techo");
      shares += (command == std::string::npos ? "" : line.substr(command + 5)) + "|";
    }
    return shares;
  }
};

TEST_F(Shares, AreDealtOutAsAsked) {
  struct Row {
    const char* description;
    const char* words;
    const char* shares;
  };
  for (const Row& row : {
           Row{"blocks, the first tasks get one more", "--range 0..9 --tasks 4",
               " 0 1 2| 3 4 5| 6 7| 8 9|"},
           Row{"7 items for 5 tasks", "--range 0..6 --tasks 5", " 0 1| 2 3| 4| 5| 6|"},
           Row{"as many items as tasks", "--range 0..2 --tasks 3", " 0| 1| 2|"},
           Row{"fewer items than tasks", "--range 0..1 --tasks 4", " 0| 1|||"},
           Row{"one task", "--range 0..3 --tasks 1", " 0 1 2 3|"},
           Row{"rounds", "--range 0..9 --tasks 4 --split cyclic", " 0 4 8| 1 5 9| 2 6| 3 7|"},
           Row{"so many a task", "--range 0..9 --per-task 4", " 0 1 2 3| 4 5 6 7| 8 9|"},
           Row{"so many a task, in rounds", "--range 0..4 --per-task 2 --split cyclic",
               " 0 3| 1 4| 2|"},
           Row{"by weight", "--items 1,5,3,2 --tasks 2 --split weight=item", " 1 5| 3 2|"},
           Row{"only some tasks", "--range 0..9 --tasks 4 --only 1,3", " 3 4 5| 8 9|"},
       }) {
    EXPECT_EQ(shown(row.words), row.shares) << row.description;
  }
}

// As run does nothing for it.
TEST_F(Shares, NothingIsShownForATaskWithoutItems) {
  const Command all = indexrun("show --all --items a --tasks 2 -w out echo {items}");
  EXPECT_THAT(all.run(), Prints("0\t0\t1\techo a\n1\t\t0\t\n"));
  const Ran one = indexrun("show -i 1 --items a --tasks 2 -w out -- echo {items}").run();
  EXPECT_THAT(one.out, Not(AnyOf(HasSubstr("command"), HasSubstr("write")))) << one;
  // An init container writes the files all the same.
  EXPECT_THAT(indexrun("show -i 1 --items a --tasks 2 -w out").run().out,
              HasSubstr("out (0 bytes"));
}

TEST_F(Shares, WhenEmptyFailIsTheSameForShow) {
  for (const char* words : {"show --all", "show --all --each", "show --all --only 0,2", "show -i 2",
                            "-i 2", "-i 2 --each"}) {
    expect_refusal(indexrun(words).line("--items a,b --tasks 3 --when-empty fail echo"),
                   {.exit = 197, .stage = "items", .says = {"task 2 has no items"}});
  }
  EXPECT_THAT(indexrun("show --all --items a,b --tasks 3 --only 0-1 --when-empty fail echo").run(),
              Exits(0));
}

TEST_F(Shares, AreArgumentsOfOneProgram) {
  dir_.write("items.txt", "a\nb c\n*\n-n\n$HOME\n");
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 2 -- printf")
                  .args({"[%s]", "first", "{items}", "{index} of {tasks}, {count}"})
                  .run(),
              Prints("[first][a][b c][*][0 of 2, 5]"));
  EXPECT_THAT(indexrun("-i 1 -f items.txt --tasks 2 -- printf").args({"[%s]", "{items}"}).run(),
              Prints("[-n][$HOME]"));
}

TEST_F(Shares, AreWrittenAndStreamed) {
  dir_.write("items.txt", "a\nb\nc\nd\ne\n");
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 2 -w in/share -- sh -c")
                  .args({"cat in/share \"$INDEXRUN_ITEM_FILE\""})
                  .run(),
              Prints("a\nb\nc\na\nb\nc\n"));
  EXPECT_THAT(
      indexrun("-i 1 -f items.txt --tasks 2 --stdin").args({"{items}"}).command({"cat"}).run(),
      Prints("d\ne\n"));
}

TEST_F(Shares, HaveVariablesOfTheTaskAndNotOfAnItem) {
  dir_.write("items.csv", "name,size\na,1\nb,2\n");
  for (const char* tasks : {"1", "2"}) {
    EXPECT_THAT(indexrun("-i 0 -f items.csv -w share --tasks")
                    .args({tasks, "--", "sh", "-c", "env | grep ^INDEXRUN_ | sort"})
                    .env("INDEXRUN_ITEM", "stale")
                    .env("INDEXRUN_FIELD_SIZE", "stale")
                    .run(),
                Prints("INDEXRUN_COUNT=2\nINDEXRUN_INDEX=0\nINDEXRUN_ITEM_FILE=" +
                       (dir_ / "share") + "\n"));
  }
}

TEST_F(Shares, AreNoSingleItem) {
  dir_.write("items.csv", "name,size\na,1\nb,2\n");
  for (const char* text : {"{}", "{item}", "{.}", "x{name}", "{item.size}", "{item.1}"}) {
    expect_refusal(indexrun("-i 0 -f items.csv --tasks 1 -- echo").args({text}),
                   {.exit = 196,
                    .stage = "templates",
                    .object = "argument 1",
                    .says = {"one item"},
                    .hint = "--each"});
  }
  expect_refusal(indexrun("-i 0 -f items.csv --tasks 1 -w").args({"{name}", "--", "true"}),
                 {.exit = 196, .stage = "templates", .object = "--write", .says = {"'{name}'"}});
}

TEST_F(Shares, StandOnlyAsAnArgumentOfTheirOwn) {
  const Command base = indexrun("-i 0 --items a,b --tasks 1");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"echo", "x{items}"},
           {"{items}"},
           {"--env", "A={items}", "true"},
           {"--write-text", "out", "{items}", "true"},
           {"--write", "{items}", "true"},
           {"--stdin", "all: {items}", "cat"},
       }) {
    expect_refusal(Command(base).args(words),
                   {.exit = 196, .stage = "templates", .says = {"{items}"}});
  }
  for (const char* words : {"-i 0 --items a,b", "-i 0 --items a,b --tasks 1 --each"}) {
    expect_refusal(indexrun("show").line(words).args({"--", "echo", "{items}"}),
                   {.exit = 196, .stage = "templates", .says = {"{items}"}});
  }
}

TEST_F(Shares, OfNothingAreDone) {
  Ran ran = indexrun("-i 3 --items a,b --tasks 5").command(kEcho).run();
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "indexrun: items: --items: task 3 has no items, as there are 2 for 5 tasks\n");
  EXPECT_EQ(indexrun("-q -i 3 --items a,b --tasks 5").command(kEcho).run().err, "");
  expect_refusal(indexrun("-i 3 --items a,b --tasks 5 --when-empty fail").command(kEcho),
                 {.exit = 197, .stage = "items", .says = {"2 items", "5 tasks"}});
}

TEST_F(Shares, OfNothingAreStagedAsAnEmptyFile) {
  Ran ran = indexrun("stage -i 3 --items a,b --tasks 5 -w list").run();
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.err, HasSubstr("task 3 has no items"));
  EXPECT_EQ(dir_.read("list"), "");
  expect_refusal(indexrun("stage -i 3 --items a,b --tasks 5 --when-empty fail -w other"),
                 {.exit = 197, .stage = "items"});
}

TEST_F(Shares, AreStaged) {
  EXPECT_THAT(indexrun("stage -i 1 --items a,b,c,d,e --tasks 2 -w list").run(), Prints(""));
  EXPECT_EQ(dir_.read("list"), "d\ne\n");
}

TEST_F(Shares, EndWithTheLastTask) {
  for (const char* words : {"--tasks 3", "--tasks 3 --split cyclic", "--per-task 2"}) {
    expect_refusal(indexrun("-i 3 --items a,b,c,d,e").line(words).command(kEcho),
                   {.exit = 197,
                    .stage = "items",
                    .says = {"no task 3", "5 items", "3 tasks"},
                    .hint = "completions: 3"});
  }
  expect_refusal(indexrun("-i 5 --items a,b --tasks 5").command(kEcho),
                 {.exit = 197, .stage = "items", .says = {"no task 5"}});
}

TEST_F(Shares, AreAsManyAsTheEngineRuns) {
  const auto slurm = [&](const char* words, const char* count, const char* last) {
    return indexrun(words)
        .env("SLURM_ARRAY_TASK_ID", "1")
        .env("SLURM_ARRAY_TASK_COUNT", count)
        .env("SLURM_ARRAY_TASK_MIN", "0")
        .env("SLURM_ARRAY_TASK_MAX", last)
        .args({"--", "echo", "{items}"});
  };
  EXPECT_THAT(slurm("--items a,b,c --tasks 2", "2", "1").run(), Prints("c\n"));
  for (const auto& [count, last] : {std::pair{"3", "2"}, std::pair{"2", "2"}}) {
    expect_refusal(slurm("--items a,b,c --tasks 2", count, last),
                   {.exit = 196, .stage = "items", .says = {"2 tasks", count, "slurm"}});
  }
  EXPECT_THAT(slurm("--items a,b,c --tasks 3 --only 0,2", "2", "1").run(), Prints("c\n"));
  expect_refusal(slurm("--items a,b,c --tasks 3 --only 0,2", "3", "2"),
                 {.exit = 196, .stage = "items", .object = "--only", .says = {"2"}});
}

TEST_F(Shares, OfEachAloneAreAsManyAsTheEngineRuns) {
  EXPECT_THAT(indexrun("--items a,b,c --each -- echo {index} {tasks} {}")
                  .env("CLOUD_RUN_TASK_INDEX", "1")
                  .env("CLOUD_RUN_TASK_COUNT", "2")
                  .run(),
              Prints("2 2 c\n"));
  expect_refusal(indexrun("--items a,b,c --each").env("JOB_COMPLETION_INDEX", "1").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--each", .hint = "--tasks"});
}

TEST_F(Shares, AreTellingWhatTheyAre) {
  Ran ran = indexrun("-v -i 1 --items a,b,c,d,e --tasks 2 -- echo {items}").run();
  EXPECT_EQ(ran.out, "d e\n");
  EXPECT_THAT(ran.err, HasSubstr("task 1 of 2 has 2 of 5 items of --items: 3-4"));
  dir_.write("message", "");
  EXPECT_THAT(
      indexrun("-q -i 2 --items a,b --tasks 3 --message always --message-file message true").run(),
      Prints(""));
  EXPECT_THAT(dir_.read("message"), AllOf(HasSubstr(R"("outcome":"empty")"),
                                          HasSubstr(R"("exit":0)"), HasSubstr(R"("index":2)")));
}

TEST_F(Shares, AreRunAgainUnderTheirOwnNumbers) {
  EXPECT_THAT(indexrun("--range 0..9 --tasks 4 --only 1,3 -- sh -c")
                  .args({"echo \"$@\" $JOB_COMPLETION_INDEX $INDEXRUN_INDEX", "sh", "{index}",
                         "{task}", "{items}"})
                  .env("JOB_COMPLETION_INDEX", "1")
                  .run(),
              Prints("3 3 8 9 3 3\n"));
  expect_refusal(indexrun("--range 0..9 --tasks 4 --only 1,3 -i 2").command(kEcho),
                 {.exit = 197, .stage = "items", .object = "--only"});
  expect_refusal(indexrun("--range 0..9 --tasks 4 --only 1,4 -i 0").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "--only", .says = {"4 tasks"}});
  EXPECT_THAT(indexrun("count --range 0..9 --tasks 4 --only 1,3").run(), Prints("2\n"));
  const std::string pipe = dir_.make_fifo("failed");
  Started run = indexrun("-i 1 --range 0..9 --tasks 4 --only @failed -- echo {items}").start();
  std::ofstream(pipe) << "1,3\n";
  EXPECT_THAT(run.finish(), Prints("8 9\n"));
}

TEST_F(Shares, NeedWeightsThatAreNumbers) {
  dir_.write("items.csv", "name,size\na,10\nb,1.5\n");
  EXPECT_EQ(shown("-f items.csv --tasks 2 --split weight=size"), " a,10| b,1.5|");
  for (const char* value : {"big", "-1", "1e3", "", "0x1"}) {
    dir_.write("items.csv", std::string("name,size\na,10\nb,") + value + "\n");
    for (const char* command : {"count", "run -i 0"}) {
      Command run = indexrun(command).line("-f items.csv --tasks 2 --split weight=size");
      if (command[0] == 'r') {
        run.command(kEcho);
      }
      expect_refusal(run,
                     {.exit = 196, .stage = "items", .object = "items.csv:3", .says = {"size"}});
    }
  }
  expect_refusal(indexrun("-i 0 -f items.csv --tasks 2 --split weight=load").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "items.csv:2", .says = {"no field"}});
}

TEST_F(Shares, AreOfAtLeastOneTask) {
  for (const char* words : {"--tasks 0", "--per-task 0", "--tasks -1", "--tasks two"}) {
    expect_refusal(indexrun("-i 0 --items a,b").line(words).command(kEcho),
                   {.exit = 196, .stage = "options"});
  }
  dir_.write("empty.txt", "");
  expect_refusal(indexrun("-i 0 -f empty.txt --tasks 2").command(kEcho),
                 {.exit = 196, .stage = "items", .says = {"no items"}});
}

TEST_F(Shares, AreCheckedAsAWhole) {
  expect_refusal(indexrun("-i 0 --items a,b,c --tasks 2 --expect-count 4").command(kEcho),
                 {.exit = 196, .stage = "items", .says = {"3 items", "4"}});
  dir_.write("items.txt", "a\nb\n\nc\n");
  expect_refusal(indexrun("-i 0 -f items.txt --tasks 3").command(kEcho),
                 {.exit = 196, .stage = "items", .object = "items.txt:3"});
}

TEST_F(Shares, DoNotFitIntoArgumentsWithoutLimit) {
  std::string list;
  for (int i = 0; i < 400; ++i) {
    list += std::string(20'000, 'x') + "\n";
  }
  dir_.write("items.txt", list);
  expect_refusal(
      indexrun("-i 0 -f items.txt --tasks 1 -- echo").args({"{items}"}),
      {.exit = 197, .stage = "inputs", .object = "argument 1", .says = {"400"}, .hint = "--write"});
  dir_.write("items.txt", std::string(200'000, 'x') + "\n");
  expect_refusal(indexrun("-i 0 -f items.txt --tasks 1 -- echo").args({"{items}"}),
                 {.exit = 197,
                  .stage = "inputs",
                  .object = "items.txt:1",
                  .says = {"200000 bytes"},
                  .hint = "--stdin '{items}'"});
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 1 -w share -- wc -l share").run(),
              Prints("1 share\n"));
}

std::string long_list(int lines) {
  std::string list;
  for (int line = 0; line < lines; ++line) {
    list += "item-" + std::to_string(1'000'000 + line) + "\n";
  }
  return list;
}

TEST_F(Shares, AreTheSameForStageAndCountWhereAFileSaysEach) {
  dir_.write("job.yaml", "each: true\nitems: [a, b, c, d]\nwrite: [share]\n");
  Command stage = indexrun("stage --config job.yaml --base 0")
                      .env("SLURM_ARRAY_JOB_ID", "7")
                      .env("SLURM_ARRAY_TASK_ID", "1")
                      .env("SLURM_ARRAY_TASK_COUNT", "2")
                      .env("SLURM_ARRAY_TASK_MIN", "0")
                      .env("SLURM_ARRAY_TASK_MAX", "1");
  EXPECT_THAT(stage.run(), Prints(""));
  EXPECT_EQ(dir_.read("share"), "c\nd\n");
  expect_refusal(indexrun("count --config job.yaml"),
                 {.exit = 196, .stage = "items", .says = {"number of tasks"}, .hint = "--tasks"});
}

TEST_F(Shares, StreamThroughStandardInputHoweverLong) {
  const std::string list = long_list(100'000);
  dir_.write("items.txt", list);
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 1 --stdin {items} -- cat").run(), Prints(list));
  EXPECT_THAT(indexrun("-i 1 -f items.txt --tasks 50000 --stdin {items} -- cat").run(),
              Prints("item-1000002\nitem-1000003\n"));
}

TEST_F(Shares, AProgramNeedNotReadAllOfItsStandardInput) {
  dir_.write("items.txt", long_list(100'000));
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 1 --stdin {items} -- head -n 1").run(),
              Prints("item-1000000\n"));
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 1 --stdin {items} -- true").run(), Prints(""));
  EXPECT_EQ(indexrun("-i 0 -f items.txt --tasks 1 --stdin {items} --")
                .args({"sh", "-c", "exec <&-; exit 7"})
                .run()
                .exit,
            7);
}

TEST_F(Shares, AListThatChangesUnderTheStreamIsNoSuccess) {
  dir_.write("items.txt", long_list(100'000));
  EXPECT_THAT(indexrun("-i 0 -f items.txt --tasks 1 --stdin {items} --")
                  .args({"sh", "-c", "read line; echo more >> items.txt; cat > /dev/null"})
                  .run(),
              Refuses({.exit = 198, .stage = "items", .says = {"changed while it was read"}}));
}

TEST_F(Shares, AStreamNeedsASupervisor) {
  expect_refusal(indexrun("-i 0 --range 1..3 --tasks 1 --supervise never --stdin {items} -- cat"),
                 {.exit = 196, .stage = "launch", .object = "--supervise", .says = {"--stdin"}});
}

TEST_F(Shares, AStreamLeavesNoDescriptorInTheProgram) {
  EXPECT_THAT(indexrun("-i 0 --range 1..3 --tasks 1 --stdin {items} --")
                  .args({"sh", "-c", "ls /proc/self/fd | tr '\\n' ' '"})
                  .run(),
              Prints("0 1 2 3 "));
}

TEST_F(Shares, AreNoLinesIfAnItemHasSeveral) {
  const Command base = indexrun("-i 0 --tasks 1 --item a").args({"--item", "b\nc"});
  expect_refusal(
      Command(base).args({"--write-text", "before", "x", "-w", "share", "--", "true"}),
      {.exit = 197, .stage = "inputs", .object = "--items", .says = {"newline"}, .hint = "--each"});
  expect_refusal(Command(base).args({"--stdin", "{items}", "--", "cat"}),
                 {.exit = 197, .stage = "inputs", .says = {"newline"}});
  EXPECT_THAT(Command(base).args({"--", "printf", "[%s]", "{items}"}).run(), Prints("[a][b\nc]"));
}

TEST_F(Shares, AreReadFromAPipeTwice) {
  const std::string pipe = dir_.make_fifo("pipe");
  Started run = indexrun("-i 1 -f pipe --tasks 2 -w share -- cat share").start();
  std::ofstream(pipe) << "a\nb\nc\n";
  EXPECT_THAT(run.finish(), Prints("c\n"));
}

TEST_F(Shares, AreShown) {
  EXPECT_THAT(indexrun("show -i 1 --items a,b,c,d,e --tasks 2 -w share -- cat {items}").run(),
              Prints("index    1 of 2 (--index)\n"
                     "items    2 of 5, positions 3-4 (--items)\n"
                     "write    share (4 bytes, mode 0644)\n"
                     "env      INDEXRUN_INDEX=1\n"
                     "env      INDEXRUN_ITEM_FILE=" +
                     (dir_ / "share") +
                     "\n"
                     "env      INDEXRUN_COUNT=5\n"
                     "command  cat d e\n"));
  EXPECT_THAT(indexrun("show --all --items a,b,c,d,e --tasks 2 --split cyclic -w share").run(),
              Prints("0\t0,2,4\t3\tshare\n1\t1,3\t2\tshare\n"));
  EXPECT_THAT(indexrun("show -i 1 --output json --items a,b,c --tasks 2 true").run().out,
              AllOf(HasSubstr(R"("tasks":2)"), HasSubstr(R"("item":null)"),
                    HasSubstr(R"("items":[{"index":2,"item":"c"}]})")));
  Ran empty = indexrun("show -i 2 --output json --items a,b --tasks 3 true").run();
  EXPECT_EQ(empty.exit, 0);
  EXPECT_THAT(empty.out, HasSubstr(R"("items":[]})"));
  EXPECT_THAT(empty.err, HasSubstr("no items"));
}

TEST_F(Shares, AreShownItemByItem) {
  EXPECT_THAT(indexrun("show -i 1 --each --items a,b,c,d --tasks 2 echo {} {slot}").run(),
              Prints("1\t2\tc\techo c 0\n1\t3\td\techo d 0\n"));
  EXPECT_THAT(
      indexrun("show --all --each --items a,b,c --tasks 2 --split cyclic echo {}{task}").run(),
      Prints("0\t0\ta\techo a0\n1\t1\tb\techo b1\n0\t2\tc\techo c0\n"));
  EXPECT_THAT(indexrun("show --all --each --items a,b,c,d --tasks 3 --only 0,2 echo {}").run(),
              Prints("0\t0\ta\techo a\n0\t1\tb\techo b\n2\t3\td\techo d\n"));
  EXPECT_THAT(indexrun("show --all --each -f - --tasks 2 echo {}").input("a\nb\nc\n").run(),
              Prints("0\t0\ta\techo a\n0\t1\tb\techo b\n1\t2\tc\techo c\n"));
  expect_refusal(indexrun("show --all --each --items a,b,c true"),
                 {.exit = 196, .stage = "items", .object = "--each", .hint = "--tasks"});
}

TEST_F(Shares, AreCounted) {
  EXPECT_THAT(indexrun("count --range 1..10 --tasks 4").run(), Prints("4\n"));
  EXPECT_THAT(indexrun("count --range 1..10 --per-task 4").run(), Prints("3\n"));
  EXPECT_THAT(indexrun("count --items-only --range 1..10 --per-task 4").run(), Prints("10\n"));
  EXPECT_THAT(indexrun("count --output json --range 1..10 --per-task 4").run(),
              Prints("{\"items\":10,\"tasks\":3}\n"));
  expect_refusal(indexrun("count --items a,b,a --tasks 2"),
                 {.exit = 196, .stage = "items", .says = {"'a'"}, .hint = "--allow-duplicates"});
  EXPECT_THAT(indexrun("count --items a,b,a --tasks 2 --allow-duplicates").run(), Prints("2\n"));
}

}  // namespace
}  // namespace indexrun::test
