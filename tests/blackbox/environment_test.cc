// SPDX-License-Identifier: Apache-2.0
// --env-clear and --env-keep: what of the inherited environment the program still gets.
#include "support/blackbox.h"

namespace indexrun::test {
namespace {

using testing::HasSubstr;

class EnvironmentKept : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a")
        .line(words)
        .env("SECRET", "s")
        .env("LANG", "C")
        .env("LC_ALL", "x")
        .env("LC", "y")
        .env("JOB_COMPLETION_INDEX", "0");
  }

  [[nodiscard]] static std::string seen(Command worker) {
    const Ran ran = worker.command({probe(), "print-env"}).run();
    EXPECT_THAT(ran, Exits(0));
    return ran.out;
  }
};

constexpr const char* kOurs = "INDEXRUN_INDEX=0\nINDEXRUN_ITEM=a\nINDEXRUN_COUNT=1\n";

TEST_F(EnvironmentKept, EverythingUnlessAsked) {
  EXPECT_THAT(seen(worker("")), HasSubstr("SECRET=s\n"));
}

TEST_F(EnvironmentKept, OnlyPathAndOurs) {
  EXPECT_EQ(seen(worker("--env-clear")), std::string("PATH=/usr/bin:/bin\n") + kOurs);
  EXPECT_EQ(seen(worker("--env-clear -e A={item}")),
            std::string("PATH=/usr/bin:/bin\n") + kOurs + "A=a\n");
}

TEST_F(EnvironmentKept, TheNamedOnes) {
  EXPECT_EQ(seen(worker("--env-keep LANG,LC_*")),
            std::string("PATH=/usr/bin:/bin\nLANG=C\nLC_ALL=x\n") + kOurs);
  EXPECT_EQ(seen(worker("--env-keep LANG --env-keep NONE --env-clear")),
            std::string("PATH=/usr/bin:/bin\nLANG=C\n") + kOurs);
  EXPECT_THAT(seen(worker("--env-keep *")), HasSubstr("SECRET=s\n"));
}

TEST_F(EnvironmentKept, EnvIsStrongerThanWhatIsKept) {
  EXPECT_EQ(seen(worker("--env-keep LANG -e LANG=de -e PATH=/bin")),
            std::string("PATH=/bin\nLANG=de\n") + kOurs);
}

TEST_F(EnvironmentKept, TheFilesAreStrongerToo) {
  dir_.write("vars", "LANG=fr\nB=1\n");
  EXPECT_EQ(seen(worker("--env-clear --env-file vars")),
            std::string("PATH=/usr/bin:/bin\n") + kOurs + "LANG=fr\nB=1\n");
}

TEST_F(EnvironmentKept, AnotherWorkersVariablesAreNotKept) {
  EXPECT_EQ(seen(worker("--env-keep *").clear_env().env("INDEXRUN_ITEM_FILE", "/x")), kOurs);
}

TEST_F(EnvironmentKept, TheLevelsAddUp) {
  Command run = worker("--env-keep LANG").env("INDEXRUN_OPTIONS", "--env-keep LC");
  EXPECT_EQ(seen(run), std::string("PATH=/usr/bin:/bin\nLANG=C\nLC=y\n") + kOurs);
}

TEST_F(EnvironmentKept, WrongPatternsAreErrors) {
  for (const char* pattern : {"A*B", "**", "A=1", "A,", ""}) {
    expect_refusal(worker("--env-keep").args({pattern}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--env-keep"});
  }
}

TEST_F(EnvironmentKept, ShowTellsIt) {
  Command text = indexrun("show --index 0 --item a --env-keep LC_*").command(kEcho);
  EXPECT_THAT(text.run().out, HasSubstr("inherit  PATH,'LC_*'"));
  Command json = indexrun("show --output json --index 0 --item a --env-clear").command(kEcho);
  EXPECT_THAT(json.run().out, HasSubstr(R"("env_keep":[])"));
  Command all = indexrun("show --output json --index 0 --item a").command(kEcho);
  EXPECT_THAT(all.run().out, HasSubstr(R"("env_keep":null)"));
}

}  // namespace
}  // namespace indexrun::test
