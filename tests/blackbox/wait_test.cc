// SPDX-License-Identifier: Apache-2.0
// --wait-for in the flow: what is waited for, when, how it ends.
#include "support/blackbox.h"
#include "support/listener.h"
#include "support/record.h"
#include "support/waiting.h"

#include <csignal>
#include <string>

#include <unistd.h>

namespace indexrun::test {
namespace {

class Wait : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 1 --items foo,bar").line(words);
  }
};

TEST_F(Wait, ForWhatIsThereIsSilentAndOver) {
  dir_.write("ready", "");
  dir_.make_folder("folder");
  EXPECT_THAT(worker("--wait-for file:ready --wait-for file:folder echo {}").run(),
              Prints("bar\n"));
}

TEST_F(Wait, EndsWithTheInputStatusAndSaysWhatIsMissing) {
  dir_.write("there", "");
  expect_refusal(worker("-w data --wait-for file:there --wait-for file:no/such "
                        "--wait-for nonempty:there --wait-timeout 50ms")
                     .command(kEcho),
                 {.exit = 198,
                  .stage = "gates",
                  .object = "file:no/such",
                  .says = {"not met after", "ms (--wait-timeout)", "last seen",
                           "No such file or directory; nonempty:there: the file is empty"}});
}

TEST_F(Wait, ThatIsTooLongIsInTheRecord) {
  dir_.write("message", "");
  EXPECT_THAT(worker("--message-file message --wait-for file:x --wait-timeout 10ms true").run(),
              Exits(198));
  Record record(dir_.read("message"));
  EXPECT_EQ(record.text("class"), "input");
  EXPECT_THAT(record.text("reason"), testing::HasSubstr("file:x"));
}

TEST_F(Wait, ExpandsPlaceholders) {
  dir_.write("bar-1.ready", "");
  EXPECT_THAT(worker("--wait-for file:{}-{index}.ready echo ran").run(), Prints("ran\n"));
  EXPECT_THAT(worker("--wait-for file:{count}.ready --wait-timeout 10ms echo ran").run(),
              Refuses({.exit = 198, .stage = "gates", .object = "file:2.ready"}));
  dir_.write("{}", "");
  EXPECT_THAT(worker("--no-template --wait-for file:{} echo ran").run(), Prints("ran\n"));
}

TEST_F(Wait, ForWhatCanNeverBeMeantIsRefusedBefore) {
  for (const auto& [gate, says] : {
           std::pair{"ready", "expected file:PATH"},
           {"file:", "has no path"},
           {"nonempty:", "has no path"},
           {"http://x", "expected file:PATH"},
           {"tcp:", "has no port"},
           {"tcp:host", "has no port"},
           {"tcp:host:", "expected a number"},
           {"tcp::80", "neither an address"},
           {"tcp:host:0", "expected a number"},
           {"tcp:host:65536", "expected a number"},
           {"tcp:host:http", "expected a number"},
           {"tcp:host:+80", "expected a number"},
           {"tcp:::1:80", "more than one colon"},
           {"tcp:[::1]", "has no port"},
           {"tcp:[::g]:80", "no IPv6 address"},
           {"tcp:[127.0.0.1]:80", "no IPv6 address"},
           {"tcp:10.0.0.256:80", "neither an address"},
           {"tcp:a_host-:80", "neither an address"},
           {"tcp:two words:80", "neither an address"},
           {"tcp:a..b:80", "neither an address"},
       }) {
    expect_refusal(indexrun("--index 0 --item a -w data --wait-for").args({gate}).command(kEcho),
                   {.exit = 196, .stage = "gates", .object = "--wait-for", .says = {says}});
  }
  expect_refusal(worker("--wait-for {indx}").command(kEcho), {.exit = 196, .object = ""});
  expect_refusal(worker("--wait-for= echo ran"), {.exit = 196, .stage = "options"});
}

TEST_F(Wait, ForWhatAnItemMakesWrongIsThatItemsFault) {
  expect_refusal(worker("--wait-for tcp:{}:{} echo ran"), {.exit = 197, .stage = "gates"});
  expect_refusal(indexrun("--index 0 --item host --base 0 --wait-for tcp:{}:{index} echo ran"),
                 {.exit = 197, .stage = "gates"});
}

TEST_F(Wait, NamesThePlaceInTheFileOfAWrongGate) {
  dir_.write("c.yaml", "items: [a]\nwait-for: [file:x, oops]\ncommand: [echo, ran]\n");
  Ran ran = indexrun("--index 0 --config c.yaml").run();
  EXPECT_EQ(ran.exit, 196);
  EXPECT_THAT(ran.err, testing::HasSubstr("c.yaml"));
}

TEST_F(Wait, TimeLimitWithoutAGateIsAnError) {
  expect_refusal(worker("--wait-timeout 1s echo ran"),
                 {.exit = 196, .stage = "options", .object = "--wait-timeout"});
}

TEST_F(Wait, GatesOfAllLevelsAddUp) {
  dir_.write("c.yaml", "wait-for: file:third\nwait-timeout: 50ms\n");
  for (const char* there : {"first", "second"}) {
    EXPECT_THAT(worker("--config c.yaml --wait-for file:first echo ran")
                    .env("INDEXRUN_OPTIONS", "--wait-for file:second")
                    .run(),
                Refuses({.exit = 198, .stage = "gates"}));
    dir_.write(there, "");
  }
  EXPECT_THAT(worker("--config c.yaml --wait-for file:first echo ran")
                  .env("INDEXRUN_OPTIONS", "--wait-for file:second")
                  .run(),
              Refuses({.exit = 198, .stage = "gates", .object = "file:third"}));
  dir_.write("third", "");
  EXPECT_THAT(worker("--config c.yaml --wait-for file:first echo ran")
                  .env("INDEXRUN_OPTIONS", "--wait-for file:second")
                  .run(),
              Prints("ran\n"));
}

TEST_F(Wait, ZeroIsNoLimit) {
  Started started = worker("--wait-for file:ready --wait-timeout 0 echo ran").start();
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("ready", "");
  EXPECT_THAT(started.finish(), Prints("ran\n"));
}

TEST_F(Wait, NothingIsWrittenBeforeItsEnd) {
  Started started = worker("-w volume/data --wait-for file:volume/mounted cat volume/data").start();
  ASSERT_TRUE(waits(started.pid()));
  EXPECT_FALSE(dir_.has("volume"));
  dir_.write("volume/mounted", "");
  EXPECT_THAT(started.finish(), Prints("bar\n"));
}

TEST_F(Wait, WhatIsRefusedIsRefusedWithoutIt) {
  for (const char* words :
       {"--user nobody-of-that-name", "--cap-drop NOSUCH", "-e X={nosuch}", "--expect-count 3"}) {
    EXPECT_THAT(worker(words).line("--wait-for file:never echo ran").run(), Exits(196)) << words;
  }
}

TEST_F(Wait, AStageMayDoNothingElse) {
  Started started = indexrun("stage --index 0 --item a --wait-for file:ready").start();
  ASSERT_TRUE(waits(started.pid()));
  dir_.write("ready", "");
  EXPECT_THAT(started.finish(), Prints(""));
  EXPECT_THAT(indexrun("stage --index 0 --item a --wait-for file:no --wait-timeout 10ms").run(),
              Exits(198));
  EXPECT_THAT(indexrun("stage --index 0 --item a").run(), Exits(196));
}

TEST_F(Wait, IsShownAndNotDone) {
  Ran text = indexrun("show --index 1 --items foo,bar")
                 .args({"--wait-for", "file:{} there", "--wait-for", "tcp:[::1]:80"})
                 .run();
  EXPECT_THAT(text.out, testing::HasSubstr("wait     'file:bar there'\nwait     'tcp:[::1]:80'\n"));
  Ran json = indexrun("show --output json --index 1 --items foo,bar --wait-for file:{}").run();
  EXPECT_THAT(json.out, testing::HasSubstr(R"("wait_for":["file:bar"])"));
  EXPECT_THAT(indexrun("show --output json --index 0 --item a").run().out,
              testing::HasSubstr(R"("wait_for":[])"));
  EXPECT_THAT(indexrun("show --index 0 --item a --wait-for oops").run(), Exits(196));
  EXPECT_THAT(indexrun("show --all --item a --item :1 --wait-for tcp:{}:80").run(), Exits(197));
}

TEST_F(Wait, IsOnceForAShareWithTheTasksPlaceholders) {
  const std::string share = "--index 1 --items a,b,c,d --tasks 2 ";
  dir_.write("1-of-2", "");
  EXPECT_THAT(indexrun(share + "--each --wait-for file:{index}-of-{tasks} echo {} {index}").run(),
              Prints("c 2\nd 3\n"));
  EXPECT_THAT(indexrun(share + "--wait-for file:{index}-of-{tasks} echo {items}").run(),
              Prints("c d\n"));
  EXPECT_THAT(indexrun(share + "--each --wait-for file:{} echo {}").run(), Exits(196));
  for (const char* how : {"--each -- echo {}", "-- echo {items}"}) {
    Ran shown =
        indexrun("show --output json " + share + "--wait-for file:{index} ").line(how).run();
    EXPECT_THAT(shown.out, testing::HasSubstr(R"("wait_for":["file:1"])"));
    Ran all =
        indexrun("show --all --output json --items a,b,c,d --tasks 2 --wait-for file:t{index}.")
            .line(how)
            .run();
    EXPECT_THAT(all.out, testing::HasSubstr(R"("wait_for":["file:t0."])"));
    EXPECT_THAT(all.out, testing::HasSubstr(R"("wait_for":["file:t1."])"));
    EXPECT_THAT(all.out, testing::Not(testing::HasSubstr("file:t2.")));
  }
}

TEST_F(Wait, AnEmptyShareWaitsForNothing) {
  Ran ran = indexrun("--index 2 --items a,b --tasks 3 --wait-for file:never echo {items}").run();
  EXPECT_EQ(ran.exit, 0) << ran;
}

TEST_F(Wait, ARoleHasItsOwn) {
  dir_.write("c.yaml",
             "items: [a, b]\nrole: ['0=leader', '1..=worker']\ncommand: [echo, '{role}']\n"
             "roles: {worker: {wait-for: ['file:{role}-may'], wait-timeout: 10ms}}\n");
  EXPECT_THAT(indexrun("--config c.yaml -i 0").run(), Prints("leader\n"));
  EXPECT_THAT(indexrun("--config c.yaml -i 1").run(),
              Refuses({.exit = 198, .stage = "gates", .object = "file:worker-may"}));
  EXPECT_THAT(indexrun("show --output json --config c.yaml --all").run().out,
              testing::HasSubstr(R"("wait_for":["file:worker-may"])"));
}

TEST_F(Wait, LeavesTheProgramNoDescriptor) {
  for (const char* supervise : {"never", "always"}) {
    Listener peer;
    Started started = worker("--wait-for file:now --wait-for tcp:localhost:" + peer.port() +
                             " --supervise " + supervise)
                          .command({probe(), "print-fds"})
                          .start();
    ASSERT_TRUE(waits(started.pid()));
    peer.listen();
    dir_.write("now", "");
    EXPECT_THAT(started.finish(), Prints("0 1 2\n"));
    EXPECT_EQ(unlink((dir_ / "now").c_str()), 0);
  }
}

TEST_F(Wait, TellsInTheLogWithVerbose) {
  dir_.write("ready", "");
  EXPECT_THAT(worker("-v --wait-for file:ready true").run().err,
              testing::HasSubstr("gates: file:ready: met after"));
}

}  // namespace
}  // namespace indexrun::test
