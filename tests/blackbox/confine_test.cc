// SPDX-License-Identifier: Apache-2.0
// What the workload is left with: each restriction next to a control that it was not there before,
// in both modes, and refused where it cannot be had.
#include "support/blackbox.h"

#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class Confine : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override { INDEXRUN_SKIP_UNLESS(is_root(), "giving up rights needs root"); }

  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
  }

  /// A line of /proc/self/status as the workload sees it, blanks as they are.
  [[nodiscard]] std::string status_line(const std::string& words, const std::string& key) const {
    Ran ran = worker(words).command({"grep", "^" + key + ":", "/proc/self/status"}).run();
    EXPECT_THAT(ran, Exits(0));
    std::size_t tab = ran.out.find('\t');
    return tab == std::string::npos ? "" : ran.out.substr(tab + 1, ran.out.size() - tab - 2);
  }
};

TEST_P(Confine, NothingAskedNothingChanged) {
  Ran outside =
      Command({"/bin/grep", "-E", "^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)", "/proc/self/status"})
          .run();
  Ran inside =
      worker("")
          .command({"grep", "-E", "^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)", "/proc/self/status"})
          .run();
  EXPECT_EQ(inside.out, outside.out);
}

TEST_P(Confine, UserGivesUpRootForGood) {
  EXPECT_EQ(status_line("--user 1234", "Uid"), "1234\t1234\t1234\t1234");
  EXPECT_EQ(status_line("--user 1234:5678", "Gid"), "5678\t5678\t5678\t5678");
  EXPECT_EQ(status_line("--user 1234:5678", "CapEff"), "0000000000000000");
  EXPECT_EQ(status_line("--user 1234:5678", "CapPrm"), "0000000000000000");
  EXPECT_THAT(status_line("--user 1234:5678", "Groups"), testing::Not(testing::HasSubstr("0")));
}

TEST_P(Confine, AnotherUserCannotReadWhatRootCould) {
  dir_.write("secret", "s", 0600);
  EXPECT_THAT(worker("cat secret").run(), Prints("s"));
  EXPECT_THAT(worker("--user 1234 cat secret").run(), Exits(1));
}

TEST_P(Confine, FilesAreWrittenBeforeRightsAreGivenUp) {
  dir_.make_folder("locked", 0755);
  EXPECT_THAT(worker("--user 1234 -w locked/data cat locked/data").run(), Prints("a\n"));
}

TEST_P(Confine, CapabilitiesAreDropped) {
  EXPECT_NE(status_line("", "CapEff"), "0000000000000000");
  for (const char* set : {"CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"}) {
    EXPECT_EQ(status_line("--cap-drop ALL", set), "0000000000000000") << set;
  }
  EXPECT_EQ(status_line("--cap-drop ALL --cap-add CHOWN", "CapEff"), "0000000000000001");
  EXPECT_EQ(status_line("--cap-drop ALL --cap-add chown,cap_kill", "CapBnd"), "0000000000000021");
  Ran control = worker("--user 1234").command({"chown", "0:0", "."}).run();
  EXPECT_THAT(control, Exits(1));
}

TEST_P(Confine, ACapabilityIsKeptForAnotherUser) {
  dir_.write("secret", "s", 0600);
  Command run = worker("--user 1234 --cap-drop ALL --cap-add DAC_OVERRIDE cat secret");
  EXPECT_THAT(run.run(), Prints("s"));
}

TEST_P(Confine, OneCapabilityIsDropped) {
  dir_.write("file", "");
  EXPECT_THAT(worker("chown 1234 file").run(), Prints(""));
  EXPECT_THAT(worker("--cap-drop CHOWN chown 4321 file").run(), Exits(1));
}

TEST_P(Confine, NoNewPrivs) {
  EXPECT_EQ(status_line("", "NoNewPrivs"), "0");
  EXPECT_EQ(status_line("--no-new-privs", "NoNewPrivs"), "1");
}

TEST_P(Confine, DeniedSystemCallsFailWithEperm) {
  EXPECT_THAT(worker("mkdir one").run(), Prints(""));
  Ran denied = worker("--seccomp-deny mkdir,mkdirat mkdir two").run();
  EXPECT_THAT(denied, Exits(1));
  EXPECT_THAT(denied.err, testing::HasSubstr("Operation not permitted"));
  EXPECT_FALSE(dir_.has("two"));
  EXPECT_EQ(status_line("--seccomp-deny mkdir", "NoNewPrivs"), "1");
  EXPECT_EQ(status_line("--seccomp-deny mkdir", "Seccomp"), "2");
}

TEST_P(Confine, TheOldSystemCallInterfaceIsNoWayAround) {
  const std::vector<std::string> mkdir_of_i386{probe(), "try-old-calls", "39"};
  Ran control = worker("").command(mkdir_of_i386).run();
  INDEXRUN_SKIP_UNLESS(control.exit == 0, "no 32-bit system calls here");
  EXPECT_EQ(control.out, "39 EFAULT\n");
  Ran denied = worker("--seccomp-deny mkdir").command(mkdir_of_i386).run();
  EXPECT_NE(denied.out, control.out);
}

TEST_P(Confine, FiltersOfTwoLevelsAddUp) {
  Command run = worker("--seccomp-deny mkdir,mkdirat")
                    .env("INDEXRUN_OPTIONS", "--seccomp-deny rmdir,unlinkat");
  Ran ran = run.command({"sh", "-c", "mkdir one || echo no one"}).run();
  EXPECT_EQ(ran.out, "no one\n");
  dir_.write("file", "");
  Command other =
      worker("--seccomp-deny mkdir").env("INDEXRUN_OPTIONS", "--seccomp-deny unlink,unlinkat");
  EXPECT_THAT(other.command({"rm", "file"}).run(), Exits(1));
}

TEST_P(Confine, UnknownNamesAreErrorsForEveryWorker) {
  const Refusal config{.exit = 196, .stage = "confine"};
  expect_refusal(worker("--user nobody-here").command(kEcho), config);
  expect_refusal(worker("--user 1:x").command(kEcho), config);
  expect_refusal(worker("--user 4294967295").command(kEcho), config);
  expect_refusal(worker("--cap-drop CHWON").command(kEcho),
                 {.exit = 196, .stage = "confine", .hint = "did you mean"});
  expect_refusal(worker("--cap-drop ALL --cap-add NOPE").command(kEcho), config);
  expect_refusal(worker("--seccomp-deny mkdri").command(kEcho),
                 {.exit = 196, .stage = "confine", .hint = "mkdir"});
}

TEST_P(Confine, AKernelFilterThatForbidsFiltersIsNoSuccess) {
  Command run = worker("--user 1234").command(kEcho).in_child([] {
    for (int capability : {6, 7}) {  // CAP_SETGID, CAP_SETUID
      prctl(PR_CAPBSET_DROP, capability);
    }
  });
  EXPECT_THAT(run.run(), Refuses({.exit = 199, .stage = "confine"}));
}

INSTANTIATE_TEST_SUITE_P(Modes, Confine, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

/// The same for somebody who has no rights to give up.
class Unprivileged : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    Command command = indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
    return is_root() ? command.as_user(65534) : command;
  }
};

TEST_P(Unprivileged, WhatCannotBeHadIsRefusedAndNothingRuns) {
  for (const char* words :
       {"--cap-drop ALL", "--cap-drop CHOWN", "--cap-drop ALL --cap-add CHOWN"}) {
    expect_refusal(worker(words).command(kEcho), {.exit = 199, .stage = "confine"});
  }
}

TEST_P(Unprivileged, MayStillConfineItself) {
  Ran ran = worker("--seccomp-deny mkdirat").command({probe(), "try-calls", "mkdirat"}).run();
  EXPECT_THAT(ran, Prints("mkdirat EPERM\n"));
  EXPECT_THAT(worker("--no-new-privs").command({probe(), "print-status", "NoNewPrivs"}).run(),
              Prints("NoNewPrivs:\t1\n"));
}

TEST_P(Unprivileged, MayStayWhoItIs) {
  std::string self =
      is_root() ? "65534:65534" : std::to_string(geteuid()) + ":" + std::to_string(getegid());
  EXPECT_THAT(worker("--user " + self).command(kEcho).run(), Prints("ran\n"));
}

INSTANTIATE_TEST_SUITE_P(Modes, Unprivileged, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(Blackbox, AUserThatCannotBeHadIsRefusedAndNothingRuns) {
  for (const char* user : {"1", "0", "65534:1", "1:65534"}) {
    Command command = indexrun("--index 0 --item a --user").args({user}).command(kEcho);
    if (is_root()) {
      command.as_user(65534);
    }
    expect_refusal(command, {.exit = 199, .stage = "confine"});
  }
}

}  // namespace
}  // namespace indexrun::test
