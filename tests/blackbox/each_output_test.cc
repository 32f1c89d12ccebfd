// SPDX-License-Identifier: Apache-2.0
// What many items print at the same time arrives whole: every line, one after the other.
#include "support/blackbox.h"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class EachOutput : public Blackbox {
 protected:
  [[nodiscard]] Command each(const std::string& words) const {
    return indexrun("-i 0 --tasks 1 --each").line(words);
  }
  [[nodiscard]] Ran sh(const std::string& words, const std::string& script) const {
    return each(words).command({"sh", "-c", script}).run();
  }
};

/// How often each line occurs; every line must be one letter over and over.
std::map<std::string, int> whole_lines(const std::string& text) {
  std::map<std::string, int> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const bool whole = std::all_of(line.begin(), line.end(), [&](char c) { return c == line[0]; });
    ++lines[whole ? line.substr(0, 1) + std::to_string(line.size()) : "mixed"];
  }
  return lines;
}

/// A pipe that nobody reads takes no more. Nothing tells when, so this looks again and again.
bool fills_up(int reading) {
  constexpr int kFull = 60'000;
  for (int i = 0; i < 2'000; ++i) {
    int bytes = 0;
    if (::ioctl(reading, FIONREAD, &bytes) == 0 && bytes >= kFull) {
      return true;
    }
    ::poll(nullptr, 0, 5);
  }
  return false;
}

TEST_F(EachOutput, LinesOfManyItemsDoNotMix) {
  Ran ran = each("--items a,b,c,d,e,f,g,h -j 8")
                .command({probe(), "print-lines", "40", "20000", "{}"})
                .run();
  EXPECT_THAT(ran, Exits(0));
  std::map<std::string, int> expected;
  for (const char letter : std::string("abcdefgh")) {
    expected[std::string(1, letter) + "20000"] = 40;
  }
  EXPECT_EQ(whole_lines(ran.out), expected);
}

TEST_F(EachOutput, LinesOfBothStreamsDoNotMixInOneFile) {
  const std::string out = dir_.write("out", "");
  Command run =
      each("--items a,b,c,d -j 4")
          .command({"sh", "-c", "$0 print-lines 40 9000 {} & $0 print-lines 40 9000 {} >&2; wait",
                    probe()});
  run.in_child([&] {
    ::dup2(::open(out.c_str(), O_WRONLY | O_APPEND), 1);
    ::dup2(1, 2);
  });
  EXPECT_THAT(run.run(), Exits(0));
  std::map<std::string, int> found = whole_lines(dir_.read("out"));
  EXPECT_EQ(found.count("mixed"), 0U);
}

TEST_F(EachOutput, EveryLineHasThePrefixAndALastOneItsNewline) {
  Ran ran = each("--items a,b")
                .args({"--prefix", "{index}/{}: "})
                .command({"sh", "-c", "echo 1; echo; printf 3; echo e >&2"})
                .run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "0/a: 1\n0/a: \n0/a: 3\n1/b: 1\n1/b: \n1/b: 3\n");
  EXPECT_EQ(ran.err, "0/a: e\n1/b: e\n");
}

TEST_F(EachOutput, AloneTheStreamsAreOurs) {
  Ran ran = sh("--items a,b", "printf {}; readlink /proc/self/fd/1 >&2");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "ab");
  std::istringstream links(ran.err);
  std::string first;
  std::string second;
  links >> first >> second;
  EXPECT_EQ(first, second);
}

TEST_F(EachOutput, AVeryLongLineIsPassedOnInPieces) {
  Ran ran = each("--items a -j 2").command({probe(), "print-lines", "1", "3000000", "{}"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), 'a'), 3'000'000);
  EXPECT_GT(std::count(ran.out.begin(), ran.out.end(), '\n'), 1);
}

TEST_F(EachOutput, NothingIsLostOfMuchOutput) {
  Ran ran =
      each("--items a,b,c -j 3").command({probe(), "print-lines", "200000", "40", "{}"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(whole_lines(ran.out),
            (std::map<std::string, int>{{"a40", 200'000}, {"b40", 200'000}, {"c40", 200'000}}));
}

TEST_F(EachOutput, ASlowReaderGetsEverything) {
  const std::string fifo = dir_.make_fifo("fifo");
  Started run = each("--items a,b -j 2")
                    .command({probe(), "print-lines", "3000", "1000", "{}"})
                    .stdout_to(fifo)
                    .start();
  const int reading = ::open(fifo.c_str(), O_RDONLY | O_CLOEXEC);
  std::string text;
  std::array<char, 100> small;
  for (ssize_t n = 0; (n = ::read(reading, small.data(), small.size())) > 0;) {
    text.append(small.data(), static_cast<std::size_t>(n));
  }
  ::close(reading);
  EXPECT_THAT(run.finish(), Exits(0));
  EXPECT_EQ(whole_lines(text), (std::map<std::string, int>{{"a1000", 3000}, {"b1000", 3000}}));
}

TEST_F(EachOutput, ASignalIsHandledAlthoughNobodyReads) {
  const std::string fifo = dir_.make_fifo("fifo");
  const std::string up = dir_.make_fifo("up");
  const int reading = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  Started run = each("--items a,b -j 2 --grace 50ms")
                    .command({"sh", "-c", "echo > up; exec $0 print-lines 100000 1000 x", probe()})
                    .stdout_to(fifo)
                    .start();
  const int begun = ::open(up.c_str(), O_RDONLY | O_CLOEXEC);
  char byte = 0;
  EXPECT_EQ(::read(begun, &byte, 1), 1);
  ASSERT_TRUE(fills_up(reading));
  run.send(SIGTERM);
  Ran ran = run.finish();
  EXPECT_THAT(ran, Exits(143));
  EXPECT_THAT(ran.err, testing::HasSubstr("lost"));
  ::close(begun);
  ::close(reading);
}

TEST_F(EachOutput, AStreamThatCannotBeWrittenEndsTheShareLoudly) {
  Ran ran = each("--range 1..1000 -j 2 --keep-going --done-dir done -- echo x")
                .stdout_to("/dev/full")
                .run();
  EXPECT_THAT(ran, Exits(125));
  EXPECT_THAT(ran.err, testing::HasSubstr("standard output: the output of items could not be "
                                          "passed on: No space left on device"));
  EXPECT_EQ(dir_.snapshot().size(), 1U) << "an item whose output was lost counts as done";
}

TEST_F(EachOutput, AMessageThatNobodyGetsChangesNothing) {
  for (const char* words : {"--items 0,3,0 --keep-going", "--items 0,3,0 --keep-going -j 2"}) {
    Command run = each(words).command({"sh", "-c", "echo {}; exit {}"});
    EXPECT_THAT(run.closing(2).run(), Exits(3));
  }
}

TEST_F(EachOutput, ItemsFindNoDescriptorOfOurs) {
  const std::string alone = Command({probe(), "print-fds"}).run().out;
  for (const char* words : {"", "-j 2", "-j 2 --log-dir logs --done-dir done"}) {
    Ran ran = each("--items a").line(words).command({probe(), "print-fds"}).run();
    EXPECT_THAT(ran, Exits(0));
    const std::string found = ran.out.empty() ? dir_.read("logs/0.out") : ran.out;
    EXPECT_EQ(std::count(found.begin(), found.end(), '\n'),
              std::count(alone.begin(), alone.end(), '\n'))
        << found;
  }
}

TEST_F(EachOutput, ProcessesLeftBehindDoNotHoldAnItemUp) {
  Ran ran = sh("--items a,b,c -j 2",
               "(trap '' TERM; while :; do echo {}{}; sleep 0.01; done) & "
               "echo {}");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::HasSubstr("c\n"));
}

TEST_F(EachOutput, LogFilesHoldTheStreamsOfEachItem) {
  Ran ran = sh("--items a,b -j 2 --log-dir logs/deep", "echo out-{}; echo err-{} >&2");
  EXPECT_THAT(ran, Prints(""));
  EXPECT_EQ(dir_.read("logs/deep/0.out"), "out-a\n");
  EXPECT_EQ(dir_.read("logs/deep/0.err"), "err-a\n");
  EXPECT_EQ(dir_.read("logs/deep/1.out"), "out-b\n");
}

TEST_F(EachOutput, LogNamesAreTemplatesAndMayHaveDirectories) {
  EXPECT_THAT(sh("--items x/a,x/b --log-dir logs --log-name {}-{number}", "echo {}"), Prints(""));
  EXPECT_EQ(dir_.read("logs/x/a-1.out"), "x/a\n");
  EXPECT_EQ(dir_.read("logs/x/b-2.out"), "x/b\n");
}

TEST_F(EachOutput, AttemptsAppendToTheLogAndAFreshRunBeginsIt) {
  for (int run = 0; run < 2; ++run) {
    sh("--items a --log-dir logs --retries 1 --backoff 1ms", "echo {attempt}; exit 1");
    EXPECT_EQ(dir_.read("logs/0.out"), "0\n1\n");
  }
}

TEST_F(EachOutput, ALogNameThatLeavesItsDirectoryIsRefused) {
  for (const char* name :
       {"../{index}", "/tmp/{index}", "a/../../{index}", "{index}/", "..", "."}) {
    expect_refusal(each("--items a,b --log-dir logs --log-name").args({name}).command(kEcho),
                   {.exit = 196, .stage = "share", .object = "--log-name"});
  }
  expect_refusal(each("--items a,../b --log-dir logs --log-name {}").command(kEcho),
                 {.exit = 196, .stage = "share", .object = "--log-name", .says = {"'../b'"}});
}

TEST_F(EachOutput, ALogNameThatLeadsOutByALinkIsRefused) {
  dir_.make_folder("logs");
  dir_.make_folder("elsewhere");
  dir_.link(dir_ / "elsewhere", "logs/out");
  Ran ran = each("--items a --log-dir logs --log-name out/{index}").command(kEcho).run();
  EXPECT_THAT(ran, Exits(196));
  EXPECT_FALSE(dir_.has("elsewhere/0.out"));
}

TEST_F(EachOutput, ALogNameThatDependsOnTheSlotMustStayDistinct) {
  expect_refusal(
      indexrun("-i 0 --range 0..3 --tasks 1 --each --log-dir logs --log-name {index}{slot}")
          .command(kEcho),
      {.exit = 196, .stage = "share", .object = "--log-name", .says = {"{index}{slot}"}});
}

TEST_F(EachOutput, TwoItemsWithOneLogNameAreRefused) {
  expect_refusal(
      each("--items a,b,x,b --log-dir logs --log-name {}").command(kEcho),
      {.exit = 196, .stage = "share", .object = "--log-name", .says = {"items 1 and 3", "'b'"}});
  expect_refusal(each("--items a/b,a//b --log-dir logs --log-name {}").command(kEcho),
                 {.exit = 196, .stage = "share", .object = "--log-name"});
  expect_refusal(each("--items a,b -j 2 --log-dir logs --log-name {slot}").command(kEcho),
                 {.exit = 196, .stage = "share", .object = "--log-name"});
}

TEST_F(EachOutput, ALogDirectoryThatCannotBeUsedIsRefused) {
  dir_.write("file", "");
  expect_refusal(each("--items a,b --log-dir file").command(kEcho),
                 {.exit = 198, .stage = "share", .object = "file"});
  expect_refusal(each("--items a,b --log-dir /proc/nowhere").command(kEcho),
                 {.exit = 198, .stage = "share", .object = "/proc/nowhere"});
}

}  // namespace
}  // namespace indexrun::test
