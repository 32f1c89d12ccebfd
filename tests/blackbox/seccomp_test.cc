// SPDX-License-Identifier: Apache-2.0
// --seccomp: what the program then may and may not do. Every denial has a control, and a rare
// errno.
#include "support/blackbox.h"

#include <csignal>
#include <cstdlib>
#include <string>

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

using testing::HasSubstr;

constexpr const char* kPodman = "/usr/share/containers/seccomp.json";

std::string entry(const std::string& names, const std::string& members) {
  return R"({"names":[)" + names + "]," + members + "}";
}

std::string profile(const std::string& entries, const std::string& action = "SCMP_ACT_ALLOW",
                    const std::string& more = "") {
  return R"({"defaultAction":")" + action + "\"" + more + R"(,"syscalls":[)" + entries + "]}";
}

const std::string kRefuse = R"("action":"SCMP_ACT_ERRNO","errnoRet":111)";  // ECONNREFUSED
const std::string kAllow = R"("action":"SCMP_ACT_ALLOW")";

class Seccomp : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::string& words = "--seccomp p.json") const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
  }
  /// What the probe's verb prints under the profile.
  [[nodiscard]] Ran probed(const std::string& text, std::vector<std::string> verb) const {
    dir_.write("p.json", text);
    verb.insert(verb.begin(), probe());
    return worker().command(verb).run();
  }
  [[nodiscard]] std::string call(const std::string& text, long number, const char* argument = "0",
                                 const char* second = "0") const {
    const std::string name = std::to_string(number);
    const Ran ran = probed(text, {"call", name, argument, second});
    EXPECT_EQ(ran.shell_status(), 0) << ran;
    return ran.out.substr(std::min(name.size() + 1, ran.out.size()));
  }
  void expect_refused(const std::string& text, const Refusal& refusal) const {
    dir_.write("p.json", text);
    expect_refusal(worker().command(kEcho), refusal);
  }
};

TEST_P(Seccomp, ADeniedCallFailsAsTheProfileSaysAndOthersReachTheKernel) {
  const std::string text = profile(entry("\"fchmodat\"", kRefuse));
  EXPECT_THAT(probed(text, {"try-calls", "fchmodat", "chown", "unlinkat"}),
              Prints("fchmodat ECONNREFUSED\nchown EINVAL\nunlinkat EINVAL\n"));
  EXPECT_THAT(probed(profile(""), {"try-calls", "fchmodat"}), Prints("fchmodat EFAULT\n"));
}

TEST_P(Seccomp, ArgumentsDecide) {
  const std::string text = profile(entry("\"getpriority\"", kRefuse + R"(,"args":[
          {"index":0,"value":4294967296,"op":"SCMP_CMP_GE"},
          {"index":1,"value":255,"valueTwo":7,"op":"SCMP_CMP_MASKED_EQ"}])"));
  EXPECT_EQ(call(text, SYS_getpriority, "0x100000000", "0xF07"), "ECONNREFUSED\n");
  EXPECT_EQ(call(text, SYS_getpriority, "0xFFFFFFFF", "0xF07"), "EINVAL\n");
  EXPECT_NE(call(text, SYS_getpriority, "0x100000000", "0xF08"), "ECONNREFUSED\n");
}

TEST_P(Seccomp, KillsAndTrapsEndTheProgram) {
  for (const char* action : {"KILL_PROCESS", "KILL", "KILL_THREAD", "TRAP"}) {
    const std::string text =
        profile(entry("\"fchmodat\"", std::string(R"("action":"SCMP_ACT_)") + action + '"'));
    const Ran ran = probed(text, {"try-calls", "fchmodat", "chown"});
    EXPECT_EQ(ran.shell_status(), 128 + SIGSYS) << action << ran;
    EXPECT_EQ(ran.out, "") << action;
  }
}

TEST_P(Seccomp, LoggedCallsSucceed) {
  EXPECT_THAT(probed(profile("", "SCMP_ACT_LOG"), {"try-calls", "getppid"}),
              Prints("getppid OK\n"));
}

TEST_P(Seccomp, ErrnoZeroLooksLikeSuccess) {
  const std::string text =
      profile(entry("\"fchmodat\"", R"("action":"SCMP_ACT_ERRNO","errnoRet":0)"));
  EXPECT_THAT(probed(text, {"try-calls", "fchmodat"}), Prints("fchmodat OK\n"));
}

TEST_P(Seccomp, ImpliesNoNewPrivsAndIsOneFilter) {
  const Ran without = worker("").command({probe(), "print-status", "Seccomp_filters"}).run();
  const Ran with =
      probed(profile(""), {"print-status", "NoNewPrivs", "Seccomp", "Seccomp_filters"});
  EXPECT_THAT(with.out, HasSubstr("NoNewPrivs:\t1\nSeccomp:\t2\n"));
  if (!without.out.empty()) {
    const int before = std::stoi(without.out.substr(without.out.find('\t')));
    EXPECT_THAT(with.out, HasSubstr("Seccomp_filters:\t" + std::to_string(before + 1)));
  }
}

TEST_P(Seccomp, TheLeastThatAProfileMayAllow) {
  const char* minimal = std::getenv("MINIMAL");
  ASSERT_NE(minimal, nullptr);
  const std::string least = entry(R"("execve","write","exit_group")", kAllow);
  dir_.write("p.json", profile(least, "SCMP_ACT_KILL_PROCESS"));
  const Ran ran = worker().command({minimal}).run();
  EXPECT_THAT(ran, Exits(7));
  EXPECT_EQ(ran.out, "ran\n");
  EXPECT_EQ(worker().command({probe(), "exit", "0"}).run().shell_status(), 128 + SIGSYS)
      << "a program with a C library needs more";
}

TEST_P(Seccomp, AProfileUnderWhichNothingCanBeStartedIsRefused) {
  for (const char* name : {"execve", "write", "exit_group"}) {
    expect_refused(profile(entry('"' + std::string(name) + '"', kRefuse)),
                   {.exit = 196, .stage = "confine", .object = "p.json", .says = {name}});
  }
  expect_refused(profile("", "SCMP_ACT_ERRNO"),
                 {.exit = 196, .stage = "confine", .says = {"execve"}});
  expect_refused(profile(entry("\"write\"", kRefuse + R"(,"args":[
                     {"index":0,"value":9,"op":"SCMP_CMP_EQ"}])")),
                 {.exit = 196, .stage = "confine", .says = {"for some arguments"}});
}

TEST_P(Seccomp, CapabilitiesAreThoseThatTheProgramIsLeftWith) {
  INDEXRUN_SKIP_UNLESS(is_root() && prctl(PR_CAPBSET_READ, 22) == 1, "needs root's capabilities");
  // reboot(2) with wrong magic numbers fails with EINVAL, whoever asks, or EPERM without the right.
  const std::string text =
      profile(entry("\"reboot\"", kRefuse + R"(,"excludes":{"caps":["CAP_SYS_BOOT"]})"));
  EXPECT_EQ(call(text, SYS_reboot), "EINVAL\n");
  const Ran dropped = worker("--seccomp p.json --cap-drop SYS_BOOT")
                          .command({probe(), "call", std::to_string(SYS_reboot)})
                          .run();
  EXPECT_THAT(dropped, Prints(std::to_string(SYS_reboot) + " ECONNREFUSED\n"));
}

TEST_P(Seccomp, CallsNewerThanTheProfileAreNotThere) {
  const std::string base = R"({"names":["execve","write","exit_group","brk","arch_prctl","mmap",
      "munmap","mprotect","set_tid_address","set_robust_list","rseq","prlimit64","readlink",
      "readlinkat","getrandom","newfstatat","fstat","ioctl"],"action":"SCMP_ACT_ALLOW"})";
  const std::string with_mseal = base + R"(,{"names":["mseal"],"action":"SCMP_ACT_ALLOW"})";
  EXPECT_EQ(call(profile(base, "SCMP_ACT_ERRNO"), 462, "1"), "ENOSYS\n");
  EXPECT_EQ(call(profile(base, "SCMP_ACT_ERRNO", R"(,"defaultErrnoRet":111)"), SYS_getppid),
            "ECONNREFUSED\n");
  EXPECT_EQ(call(profile(with_mseal, "SCMP_ACT_ERRNO", R"(,"defaultErrnoRet":111)"), 461, "1"),
            "ECONNREFUSED\n");
  EXPECT_EQ(call(profile(with_mseal, "SCMP_ACT_ERRNO"), 463, "1"), "ENOSYS\n");
  // Allowed by name, though libseccomp knows none: what this kernel says without a filter.
  EXPECT_EQ(call(profile(with_mseal, "SCMP_ACT_ERRNO", R"(,"defaultErrnoRet":111)"), 462, "1"),
            call(profile(""), 462, "1"));
}

TEST_P(Seccomp, UnknownCallsAreErrorsWhereTheyWouldBeAllowed) {
  expect_refused(profile(entry(R"("mount","umonut")", kRefuse)), {.exit = 196,
                                                                  .stage = "confine",
                                                                  .object = "p.json:1:65",
                                                                  .says = {"'umonut'"},
                                                                  .hint = "umount"});
  dir_.write("p.json", profile(entry(R"("mount","umonut")", kAllow), "SCMP_ACT_LOG"));
  const Ran warned = worker().command(kEcho).run();
  EXPECT_THAT(warned, Exits(0));
  EXPECT_THAT(warned.err, HasSubstr("'umonut'"));
  dir_.write("p.json", profile(entry(R"("s390_pci_mmio_read","riscv_hwprobe")", kRefuse)));
  EXPECT_THAT(worker().command(kEcho).run(), Prints("ran\n"));
}

TEST_P(Seccomp, WhatNobodyCouldServeIsRefused) {
  expect_refused(profile(entry("\"mount\"", R"("action":"SCMP_ACT_NOTIFY")")),
                 {.exit = 196, .stage = "confine", .says = {"NOTIFY"}});
  expect_refused(profile("", "SCMP_ACT_ALLOW", R"(,"listenerPath":"/run/agent.sock")"),
                 {.exit = 196, .stage = "confine", .says = {"listenerPath"}});
  expect_refused(profile(entry("\"mount\"", R"("action":"SCMP_ACT_TRACE")")),
                 {.exit = 196, .stage = "confine", .says = {"TRACE"}});
}

TEST_P(Seccomp, BadFilesAreErrorsWithTheirPlace) {
  expect_refused("", {.exit = 196, .stage = "confine", .object = "p.json:1:1"});
  expect_refused("{\n \"defaultAction\": \"SCMP_ACT_ALLOW\",\n}",
                 {.exit = 196, .stage = "confine", .object = "p.json:3:1"});
  expect_refused(std::string(10'000'000, ' '),
                 {.exit = 196, .stage = "confine", .object = "p.json", .says = {"larger"}});
  expect_refused(std::string(1'000'000, '['),
                 {.exit = 196, .stage = "confine", .says = {"nested"}});
  expect_refusal(worker("--seccomp nowhere.json").command(kEcho),
                 {.exit = 196, .stage = "confine", .object = "nowhere.json", .hint = "batch"});
  expect_refusal(worker("--seccomp .").command(kEcho), {.exit = 196, .stage = "confine"});
}

TEST_P(Seccomp, RulesThatLibseccompFailsAtAreRefusedOrRight) {
  const std::string text = profile(
      entry("\"getpriority\"", kRefuse + R"(,"args":[{"index":0,"value":0,"op":"SCMP_CMP_EQ"}])") +
      "," +
      entry("\"getpriority\"", kRefuse + R"(,"args":[{"index":0,"value":39,"op":"SCMP_CMP_NE"},
                                                      {"index":1,"value":39,"op":"SCMP_CMP_LE"}])"));
  dir_.write("p.json", text);
  const Ran ran =
      worker().command({probe(), "call", std::to_string(SYS_getpriority), "0", "40"}).run();
  if (ran.exit == 0) {
    EXPECT_THAT(ran.out, HasSubstr("ECONNREFUSED"));
  } else {
    EXPECT_THAT(ran, Refuses({.exit = 199,
                              .stage = "confine",
                              .object = "p.json",
                              .says = {"is refused"},
                              .hint = "fewer conditions"}));
  }
}

TEST_P(Seccomp, FiltersStackAndTheOneThatEndsLoadingComesLast) {
  dir_.write("a.json", profile(entry(R"("fchmodat","seccomp")", kRefuse)));
  dir_.write("b.json",
             profile(entry("\"unlinkat\"", R"("action":"SCMP_ACT_ERRNO","errnoRet":95)")));
  const std::vector<std::string> tries{probe(), "try-calls", "fchmodat", "unlinkat", "mkdirat"};
  const char* expected = "fchmodat ECONNREFUSED\nunlinkat EOPNOTSUPP\nmkdirat EPERM\n";
  for (const char* words : {"--seccomp a.json --seccomp b.json --seccomp-deny mkdirat",
                            "--seccomp-deny mkdirat --seccomp b.json --seccomp a.json"}) {
    EXPECT_THAT(worker(words).command(tries).run(), Prints(expected)) << words;
  }
  EXPECT_THAT(worker("--seccomp a.json")
                  .env("INDEXRUN_OPTIONS", "--seccomp b.json --seccomp-deny mkdirat")
                  .command(tries)
                  .run(),
              Prints(expected));
  expect_refusal(worker("--seccomp a.json --seccomp a.json").command(kEcho),
                 {.exit = 196, .stage = "confine", .says = {"seccomp"}});
}

TEST_P(Seccomp, OfTwoLevelsTheStrongerSaysWithWhichErrno) {
  dir_.write("a.json", profile(entry("\"fchmodat\"", kRefuse)));
  dir_.write("b.json",
             profile(entry("\"fchmodat\"", R"("action":"SCMP_ACT_ERRNO","errnoRet":95)")));
  Command run = worker("--seccomp a.json").env("INDEXRUN_OPTIONS", "--seccomp b.json");
  EXPECT_THAT(run.command({probe(), "try-calls", "fchmodat"}).run(),
              Prints("fchmodat ECONNREFUSED\n"));
}

TEST_P(Seccomp, GroupsAreDenied) {
  EXPECT_THAT(worker("--seccomp-deny @mount,@ptrace,@keyring,@bpf")
                  .command({probe(), "try-calls", "mount", "ptrace", "keyctl", "bpf", "mkdirat"})
                  .run(),
              Prints("mount EPERM\nptrace EPERM\nkeyctl EPERM\nbpf EPERM\nmkdirat EFAULT\n"));
  expect_refusal(worker("--seccomp-deny @mont").command(kEcho),
                 {.exit = 196, .stage = "confine", .object = "--seccomp-deny", .hint = "@mount"});
}

TEST_P(Seccomp, UserNamespacesAreDeniedByTheirFlag) {
  const std::string unshare = std::to_string(SYS_unshare);
  const auto call_under = [&](const char* flags) {
    return worker("--seccomp-deny @userns").command({probe(), "call", unshare, flags}).run().out;
  };
  EXPECT_EQ(call_under("0x10000000"), unshare + " EPERM\n");
  EXPECT_EQ(call_under("0x400"), unshare + " OK\n");
  EXPECT_THAT(worker("--seccomp-deny @userns").command({probe(), "try-calls", "clone3"}).run(),
              Prints("clone3 ENOSYS\n"));
}

#if defined(__x86_64__)
TEST_P(Seccomp, TheOldInterfaceIsOpenOnlyIfListed) {
  Ran control = worker("").command({probe(), "try-old-calls", "20"}).run();
  INDEXRUN_SKIP_UNLESS(control.exit == 0, "no 32-bit system calls here");
  EXPECT_EQ(probed(profile(""), {"try-old-calls", "20"}).shell_status(), 128 + SIGSYS);
  const std::string map =
      R"(,"archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]}])";
  EXPECT_THAT(probed(profile(entry("\"mkdir\"", kRefuse), "SCMP_ACT_ALLOW", map),
                     {"try-old-calls", "20", "39"}),
              Prints("20 OK\n39 ECONNREFUSED\n"));
}
#endif

/// What containers' profiles are for: ordinary programs work.
TEST_P(Seccomp, OrdinaryProgramsWorkUnderPodmansProfileAndOurs) {
  std::vector<std::string> profiles{"default", "batch"};
  if (access(kPodman, R_OK) == 0) {
    profiles.emplace_back(kPodman);
  } else {
    ASSERT_FALSE(must_work()) << "no " << kPodman;
  }
  for (const std::string& name : profiles) {
    const std::string words = "--seccomp " + name;
    EXPECT_THAT(worker(words).command({"sh", "-c", "ls / >list && sort list | wc -l >count"}).run(),
                Prints(""))
        << name;
    EXPECT_THAT(worker(words)
                    .command({"python3", "-c",
                              "import threading, subprocess, socket, tempfile\n"
                              "t = threading.Thread(target=lambda: print('thread'))\n"
                              "t.start(); t.join()\n"
                              "socket.socket()\n"
                              "tempfile.TemporaryFile()\n"
                              "print(subprocess.run(['echo', 'child'], stdout=-1).stdout)"})
                    .run(),
                Prints("thread\nb'child\\n'\n"))
        << name;
    EXPECT_THAT(worker(words).command({probe(), "exit", "5"}).run(), Exits(5)) << name;
  }
}

TEST_P(Seccomp, TheBuiltInProfilesDenyWhatTheySay) {
  for (const char* name : {"default", "batch"}) {
    const std::string words = std::string("--seccomp ") + name;
    EXPECT_THAT(worker(words)
                    .command({probe(), "try-calls", "mount", "keyctl", "bpf", "clone3", "mkdirat"})
                    .run(),
                Prints("mount EPERM\nkeyctl EPERM\nbpf EPERM\nclone3 ENOSYS\nmkdirat EFAULT\n"))
        << name;
    const auto call_under = [&](long number, const char* argument) {
      return worker(words)
          .command({probe(), "call", std::to_string(number), argument, "0x1000000", "0xFFFF"})
          .run()
          .out;
    };
    EXPECT_THAT(call_under(SYS_unshare, "0x10000000"), HasSubstr("EPERM")) << name;
    EXPECT_THAT(call_under(SYS_socket, "40"), HasSubstr("EPERM")) << name;
    EXPECT_THAT(call_under(SYS_socket, "41"), testing::Not(HasSubstr("EPERM"))) << name;
    EXPECT_THAT(call_under(SYS_io_uring_setup, "1"), HasSubstr("EPERM")) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, Seccomp, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace indexrun::test
