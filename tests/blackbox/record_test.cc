// SPDX-License-Identifier: Apache-2.0
// The termination message: what it says, when it is written, and that it never matters to the
// outcome.
#include "support/record.h"

#include "support/blackbox.h"

#include <sys/stat.h>

namespace indexrun::test {
namespace {

const std::vector<std::string> kKeys{
    "indexrun", "outcome", "class",    "exit",        "signal", "index",   "task",      "item",
    "reason",   "hint",    "attempts", "duration_ms", "cpu_ms", "peak_kb", "oom_kills", "denials",
    "engine",   "sha256",  "items",    "succeeded",   "failed", "skipped", "stderr"};

class Message : public Blackbox {
 protected:
  void SetUp() override { dir_.write("message", "", 0666); }

  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--message-file message").line(words);
  }

  /// The message as it must always be: one line of ASCII JSON, short, with the same keys.
  [[nodiscard]] Record record() const {
    std::string text = dir_.read("message");
    EXPECT_LE(text.size(), 1024U);
    EXPECT_THAT(text, testing::EndsWith("}\n"));
    for (char byte : text) {
      EXPECT_TRUE(byte == '\n' || (byte >= 0x20 && byte < 0x7f)) << text;
    }
    Record record(text);
    EXPECT_EQ(record.keys(), kKeys);
    return record;
  }
};

TEST_F(Message, TellsHowTheProgramFailed) {
  Command run = worker("echo x").env("JOB_COMPLETION_INDEX", "1");
  run = worker("--items foo,bar").command({"sh", "-c", "exit 7"});
  EXPECT_THAT(run.env("JOB_COMPLETION_INDEX", "1").run(), Exits(7));
  Record found = record();
  EXPECT_EQ(found["outcome"], R"("exited")");
  EXPECT_EQ(found["class"], "null");
  EXPECT_EQ(found["exit"], "7");
  EXPECT_EQ(found["signal"], "null");
  EXPECT_EQ(found["index"], "1");
  EXPECT_EQ(found["task"], "1");
  EXPECT_EQ(found["item"], R"("bar")");
  EXPECT_EQ(found["attempts"], "1");
  EXPECT_EQ(found["engine"], R"("kubernetes")");
  EXPECT_EQ(found["sha256"],  // printf 'foo\nbar\n' | sha256sum
            R"("d78931fcf2660108eec0d6674ecb4e02401b5256a6b5ee82527766ef6d198c67")");
  EXPECT_NE(found["duration_ms"], "null");
  EXPECT_NE(found["peak_kb"], "null");
}

TEST_F(Message, TellsTheSignal) {
  EXPECT_THAT(worker("--index 0 --item a").command({"sh", "-c", "kill -9 $$"}).run(), Exits(137));
  Record found = record();
  EXPECT_EQ(found["outcome"], R"("signaled")");
  EXPECT_EQ(found["signal"], R"("KILL")");
  EXPECT_EQ(found["exit"], "137");
}

TEST_F(Message, TellsOurOwnFailure) {
  EXPECT_THAT(worker("--index 9 --items a,b echo ran").run(), Exits(197));
  Record found = record();
  EXPECT_EQ(found["outcome"], R"("failed")");
  EXPECT_EQ(found["class"], R"("item")");
  EXPECT_EQ(found["exit"], "197");
  EXPECT_EQ(found["index"], "9");
  EXPECT_EQ(found["item"], "null");
  EXPECT_THAT(found.text("reason"), testing::StartsWith("items: --items: "));
}

TEST_F(Message, TellsAWrongCommandLine) {
  EXPECT_THAT(worker("--index 0 --itms a echo ran").run(), Exits(196));
  Record found = record();
  EXPECT_EQ(found["class"], R"("config")");
  EXPECT_THAT(found.text("hint"), testing::HasSubstr("--items"));
}

TEST_F(Message, IsWrittenOnFailureByDefault) {
  EXPECT_THAT(worker("--index 0 --item a true").run(), Prints(""));
  EXPECT_EQ(dir_.read("message"), "");
  EXPECT_THAT(worker("--index 0 --item a false").run(), Exits(1));
  EXPECT_NE(dir_.read("message"), "");
}

TEST_F(Message, IsWrittenAlwaysOrNeverOnRequest) {
  EXPECT_THAT(worker("--message never --index 0 --item a false").run(), Exits(1));
  EXPECT_THAT(worker("--message never --index 0 --itms a false").run(), Exits(196));
  EXPECT_EQ(dir_.read("message"), "");
  EXPECT_THAT(worker("--message always --index 0 --item a true").run(), Prints(""));
  EXPECT_EQ(record()["exit"], "0");
}

TEST_F(Message, InExecModeOnlyWhatWasNeverStartedIsWritten) {
  EXPECT_THAT(worker("--supervise never --index 0 --item a false").run(), Exits(1));
  EXPECT_EQ(dir_.read("message"), "");
  EXPECT_THAT(worker("--supervise never --index 0 --item a ./none").run(), Exits(127));
  EXPECT_EQ(record()["class"], R"("notfound")");
}

TEST_F(Message, TheWorkloadsOwnIsLeftAlone) {
  EXPECT_THAT(
      worker("--index 0 --item a").command({"sh", "-c", "echo mine >message; exit 3"}).run(),
      Exits(3));
  EXPECT_EQ(dir_.read("message"), "mine\n");
}

TEST_F(Message, ReplacesWhatStoodThereBefore) {
  dir_.write("message", std::string(3000, 'x'));
  EXPECT_THAT(worker("--index 0 --item a false").run(), Exits(1));
  EXPECT_EQ(record()["exit"], "1");
}

TEST_F(Message, StaysShortAndAsciiWhateverTheItem) {
  for (const std::string& item :
       {std::string(5000, 'x'), std::string("\xc3\xa9\xff\x01\"\\\n"), std::string(5000, '\x01')}) {
    Command run = worker("--index 0").args({"--item", item, "--write-text", "out", "{}"});
    EXPECT_THAT(run.command({"false"}).run(), Exits(1));
    EXPECT_EQ(record()["exit"], "1");
    EXPECT_NE(record()["item"], "null");
  }
}

TEST_F(Message, MissingIsNeverCreatedAndChangesNothing) {
  for (const char* file : {"none", "none/deeper"}) {
    Command run =
        indexrun("--message always --index 0 --item a --message-file").args({file, "true"});
    EXPECT_THAT(run.run(), Prints(""));
    EXPECT_FALSE(dir_.has("none"));
  }
}

TEST_F(Message, UnwritableChangesNothing) {
  dir_.write("locked", "kept", 0444);
  dir_.make_folder("folder");
  for (const char* file : {"locked", "folder", "/dev/full"}) {
    Command run = indexrun("--index 0 --item a --message-file").args({file, "sh", "-c", "exit 5"});
    if (is_root()) {
      run.as_user(65534);
    }
    Ran ran = run.run();
    EXPECT_THAT(ran, Exits(5));
    EXPECT_EQ(ran.err, "");
  }
  EXPECT_EQ(dir_.read("locked"), "kept");
}

TEST_F(Message, AFifoWithoutAReaderDoesNotStopTheWorker) {
  dir_.make_fifo("fifo");
  EXPECT_THAT(indexrun("--message always --index 0 --item a --message-file fifo true").run(),
              Prints(""));
}

TEST_F(Message, TheFileIsNotReplacedSinceItIsAMount) {
  struct stat before {};
  struct stat after {};
  ASSERT_EQ(stat((dir_ / "message").c_str(), &before), 0);
  EXPECT_THAT(worker("--index 0 --item a false").run(), Exits(1));
  ASSERT_EQ(stat((dir_ / "message").c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(dir_.mode("message"), 0666U);
}

TEST_F(Message, AnExistingFileMakesAutoSupervise) {
  Ran supervised = worker("--index 0 --item a").command({"sh", "-c", "kill -TERM $$"}).run();
  EXPECT_THAT(supervised, Exits(143));
  Ran executed =
      worker("--message never --index 0 --item a").command({"sh", "-c", "kill -TERM $$"}).run();
  EXPECT_THAT(executed, DiesBy(15));
}

TEST_F(Message, HasTheLastLinesOfStandardError) {
  Command run = worker("--index 0 --item foo --message-tail 2");
  Ran ran = run.command({"sh", "-c", "for i in 1 2 3; do echo line $i >&2; done; exit 7"}).run();
  EXPECT_THAT(ran, Exits(7));
  EXPECT_EQ(ran.err, "line 1\nline 2\nline 3\n");
  EXPECT_EQ(record()["stderr"], R"("line 2\nline 3\n")");
}

TEST_F(Message, HasTheLastLinesOfARedirectedStream) {
  Command run = worker("--index 0 --item foo --message-tail 1 --stderr log");
  Ran ran = run.command({"sh", "-c", "echo a >&2; echo b >&2; exit 7"}).run();
  EXPECT_THAT(ran, Exits(7));
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(dir_.read("log"), "a\nb\n");
  EXPECT_EQ(record()["stderr"], R"("b\n")");
}

TEST_F(Message, RedactedKeepsTheItemOutOfEverythingThatWeSay) {
  const std::vector<std::string> program{"sh", "-c", "echo I got hunter2pw >&2; exit 3"};
  Command run = worker("--index 1 --items x,hunter2pw --redact -vv --message-tail 5");
  run.args({"--env", "PW={}"});
  Ran ran = run.command(program).run();
  EXPECT_THAT(ran, Exits(3));
  Record found = record();
  EXPECT_EQ(found["item"], R"("[redacted]")");
  EXPECT_EQ(dir_.read("message").find("hunter2"), std::string::npos) << dir_.read("message");
  std::string own;
  for (std::size_t at = 0; at < ran.err.size();) {
    const std::size_t end = ran.err.find('\n', at);
    const std::string line = ran.err.substr(at, end - at);
    own += line.starts_with("indexrun:") ? line + "\n" : "";
    at = end + 1;
  }
  EXPECT_THAT(own, testing::HasSubstr("[redacted]"));
  EXPECT_EQ(own.find("hunter2"), std::string::npos) << own;
  EXPECT_THAT(ran.err, testing::HasSubstr("I got hunter2pw\n")) << "what the program says is its";
}

TEST_F(Message, ATailNeedsANumber) {
  for (const char* lines : {"0", "x", "-1", "1001"}) {
    EXPECT_THAT(worker("--index 0 --item foo --message-tail").args({lines, "true"}).run(),
                Refuses({.exit = 196, .stage = "options", .object = "--message-tail"}))
        << lines;
  }
}

}  // namespace
}  // namespace indexrun::test
