// SPDX-License-Identifier: Apache-2.0
// Programs that cannot be started: 127 and 126 with a reason, in both modes, and a program's own
// 126 and 127 are told apart in the record.
#include "support/blackbox.h"
#include "support/record.h"

namespace indexrun::test {
namespace {

class StartFailure : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::vector<std::string>& command) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).command(command);
  }

  void expect_failure(const std::string& program, int exit, const std::string& says) const {
    expect_refusal(worker({program, "argument"}),
                   {.exit = exit, .stage = "launch", .object = program, .says = {says}});
  }

  /// An ELF file for a machine that this one is not.
  [[nodiscard]] std::string foreign_program() const {
    std::string elf(64, '\0');
    elf.replace(0, 7,
                "\x7f"
                "ELF\x02\x01\x01",
                7);
    elf[16] = 2;       // an executable
    elf[18] = '\x16';  // IBM S/390
    elf[20] = 1;
    elf[52] = 64;
    return dir_.write("foreign", elf, 0755);
  }
};

TEST_P(StartFailure, Missing) {
  expect_failure("no-such-program", 127, "");
  expect_failure("./no-such-program", 127, "No such file or directory");
  expect_failure("/no/such/program", 127, "No such file or directory");
}

TEST_P(StartFailure, NotExecutable) {
  dir_.write("data", "#!/bin/sh\n", 0644);
  expect_failure("./data", 126, "Permission denied");
}

TEST_P(StartFailure, ADirectory) {
  dir_.make_folder("folder");
  expect_failure("./folder", 126, "directory");
}

TEST_P(StartFailure, WrongArchitecture) {
  static_cast<void>(foreign_program());
  expect_failure("./foreign", 126, "Exec format error");
}

TEST_P(StartFailure, ATextWithoutInterpreterLine) {
  dir_.write("text", "echo ran\n", 0755);
  Ran ran = worker({"./text"}).run();
  EXPECT_THAT(ran.exit, testing::AnyOf(126, 0)) << ran;
}

TEST_P(StartFailure, AnEmptyFile) {
  dir_.write("empty", "", 0755);
  Ran ran = worker({"./empty"}).run();
  EXPECT_THAT(ran.exit, testing::AnyOf(126, 0)) << ran;
}

TEST_P(StartFailure, AScriptWhoseInterpreterIsMissingNamesIt) {
  dir_.write("script", "#!/no/such/interpreter -x\n", 0755);
  Ran ran = worker({"./script"}).run();
  EXPECT_THAT(ran.exit, testing::AnyOf(126, 127)) << ran;
  EXPECT_THAT(ran, Refuses({.exit = ran.exit, .stage = "launch", .object = "./script"}));
  EXPECT_THAT(ran.err, testing::HasSubstr("/no/such/interpreter"));
}

TEST_P(StartFailure, ALaterEntryOfPathIsFoundBehindOneThatIsNotExecutable) {
  dir_.write("first/tool", "no program", 0644);
  dir_.write("second/tool", "#!/bin/sh\necho second\n", 0755);
  Command run =
      worker({"tool"}).clear_env().env("PATH", (dir_ / "first") + ":" + (dir_ / "second"));
  EXPECT_THAT(run.run(), Prints("second\n"));
  Command only = worker({"tool"}).clear_env().env("PATH", dir_ / "first");
  expect_refusal(only,
                 {.exit = 126, .stage = "launch", .says = {"first/tool", "Permission denied"}});
}

TEST_P(StartFailure, TheEmptyName) {
  expect_refusal(worker({""}), {.exit = 127, .stage = "launch"});
}

TEST_P(StartFailure, IsTheClassInTheRecord) {
  dir_.write("message", "");
  Command run = indexrun("--index 0 --item a --message-file message --supervise");
  Ran ran = run.args({GetParam()}).command({"./none"}).run();
  EXPECT_THAT(ran, Exits(127));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["outcome"], R"("failed")");
  EXPECT_EQ(record["class"], R"("notfound")");
  EXPECT_EQ(record["exit"], "127");
}

TEST_F(Blackbox, TheProgramsOwn127IsNoFailureOfOurs) {
  for (const char* own : {"126", "127"}) {
    dir_.write("message", "");
    Ran ran = indexrun("--index 0 --item a --message-file message")
                  .command({"sh", "-c", std::string("exit ") + own})
                  .run();
    EXPECT_THAT(ran, Exits(std::stoi(own)));
    EXPECT_EQ(ran.err, "");
    Record record(dir_.read("message"));
    EXPECT_EQ(record["outcome"], R"("exited")");
    EXPECT_EQ(record["class"], "null");
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, StartFailure, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace indexrun::test
