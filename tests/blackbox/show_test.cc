// SPDX-License-Identifier: Apache-2.0
// The dry run: tells what would happen and does none of it.
#include "support/blackbox.h"
#include "support/record.h"

namespace indexrun::test {
namespace {

using Show = Blackbox;

TEST_F(Show, TellsWhatThisIndexWouldDo) {
  Command run =
      indexrun("show --index 1 --items foo,bar -w data.txt -e A={}").command({"rev", "{}.txt"});
  Ran ran = run.run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.err, "");
  for (const char* part : {"1", "bar", "data.txt", "A=bar", "rev bar.txt"}) {
    EXPECT_THAT(ran.out, testing::HasSubstr(part));
  }
  EXPECT_TRUE(dir_.snapshot().empty()) << "a dry run wrote something";
}

TEST_F(Show, AsJsonIsOneObject) {
  Command run =
      indexrun("show --output json --index 1 --items foo,bar -w data.txt -e A={} --stdin x{}");
  Ran ran = run.command({"rev", "{}.txt", "a b"}).run();
  EXPECT_THAT(ran, Exits(0));
  Record shown(ran.out);
  EXPECT_EQ(shown["index"], "1");
  EXPECT_EQ(shown["item"], R"("bar")");
  EXPECT_EQ(shown["command"], R"(["rev","bar.txt","a b"])");
  EXPECT_EQ(shown["stdin"], R"("xbar")");
  EXPECT_THAT(shown["files"], testing::HasSubstr(R"("data.txt")"));
  EXPECT_THAT(shown["env"], testing::HasSubstr(R"("A":"bar")"));
}

TEST_F(Show, NeedsNoCommand) {
  Ran ran = indexrun("show --index 0 --items foo,bar").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::HasSubstr("foo"));
}

TEST_F(Show, AllNeedsNoIndexAndTellsEachInOrder) {
  Ran ran = indexrun("show --all --items foo,bar,baz echo {}-{index}").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::MatchesRegex("0[^\n]*foo[^\n]*echo foo-0\n"
                                             "1[^\n]*bar[^\n]*echo bar-1\n"
                                             "2[^\n]*baz[^\n]*echo baz-2\n"));
}

TEST_F(Show, AllAsJsonIsOneObjectALine) {
  Ran ran = indexrun("show --all --output json --items foo,bar echo {}").run();
  EXPECT_THAT(ran, Exits(0));
  std::size_t end = ran.out.find('\n');
  ASSERT_NE(end, std::string::npos);
  EXPECT_EQ(Record(ran.out.substr(0, end))["item"], R"("foo")");
  EXPECT_EQ(Record(ran.out.substr(end + 1))["item"], R"("bar")");
}

TEST_F(Show, AllStopsAtTheFirstDefect) {
  dir_.write("items.txt", "a\n\nb\n");
  Ran ran = indexrun("show --all -f items.txt").run();
  EXPECT_THAT(ran, Exits(196));
  EXPECT_THAT(ran.err, testing::HasSubstr("items.txt:2"));
}

TEST_F(Show, IsRefusedLikeTheRunItself) {
  expect_refusal(indexrun("show --index 2 --items a,b"), {.exit = 197, .stage = "items"});
  expect_refusal(indexrun("show --items a,b"), {.exit = 196, .stage = "index"});
  expect_refusal(indexrun("show --index 0 --items a,b echo {indx}"),
                 {.exit = 196, .stage = "templates"});
  expect_refusal(indexrun("show --index 0 --items a,b --output xml"),
                 {.exit = 196, .stage = "options", .object = "--output"});
}

TEST_F(Show, HostileBytesDoNotReachTheTerminal) {
  Ran ran = indexrun("show --index 0").args({"--item", "a\x1b[31mb\rc"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ran.out.find('\r'), std::string::npos);
}

TEST_F(Show, ReadsAListFromStandardInput) {
  EXPECT_THAT(indexrun("show --index 1 -f - echo {}").input("foo\nbar\n").run().out,
              testing::HasSubstr("bar"));
}

TEST_F(Show, AllReadsAListThatCanBeReadOnlyOnce) {
  Ran ran = indexrun("show --all -f - echo {}").input("foo\nbar\n").run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::EndsWith("echo bar\n"));
}

TEST_F(Show, LeavesNoRecord) {
  dir_.write("message", "");
  EXPECT_THAT(indexrun("show --index 5 --item a --message-file message").run(), Exits(197));
  EXPECT_EQ(dir_.read("message"), "");
}

TEST_F(Show, AllNumbersTheTasksAsRunDoes) {
  Ran ran = indexrun("show --all --base 5 --items 3,x").command({"echo", "{task}"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "0\t3\techo 5\n1\tx\techo 6\n");
}

}  // namespace
}  // namespace indexrun::test
