// SPDX-License-Identifier: Apache-2.0
// Every case runs in a process of its own and asks the kernel, after execve, what the program is.
#include "confine/apply.h"

#include "confine/failure.h"
#include "confine/prepare.h"
#include "process.h"

#include <cerrno>
#include <string>
#include <vector>

#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kRefused = 199;

bool privileged() {
  return ::geteuid() == 0 && ::prctl(PR_CAPBSET_READ, CAP_SETPCAP, 0, 0, 0) == 1;
}

#define NEEDS_ROOT()                               \
  if (!privileged()) {                             \
    GTEST_SKIP() << "needs root with CAP_SETPCAP"; \
  }                                                \
  static_assert(true)

/// Prepares, applies, and runs the probe: the way of a launch without launch/.
int confined(const Policy& policy, std::vector<const char*> arguments) {
  const auto prepared = prepare(policy);
  if (!prepared) {
    dprintf(STDERR_FILENO, "%s\n", prepared.error().message().c_str());
    return kRefused;
  }
  Failed failed = apply(*prepared);
  if (!failed.any()) {
    failed = load_filters(*prepared, nullptr);
  }
  if (failed.any()) {
    dprintf(STDERR_FILENO, "%s\n", failure(*prepared, failed).message().c_str());
    return kRefused;
  }
  const std::string path = testing::probe_path();
  arguments.insert(arguments.begin(), "probe");
  arguments.push_back(nullptr);
  ::execv(path.c_str(), const_cast<char* const*>(arguments.data()));
  return 126;
}

/// As uid 1000 with no groups and no capabilities, like a Pod's runAsUser: 1000.
bool become_1000() {
  return ::geteuid() != 0 ||
         (::setgroups(0, nullptr) == 0 && ::setgid(1000) == 0 && ::setuid(1000) == 0);
}

std::string sets(const char* inheritable, const char* permitted, const char* bounding,
                 const char* ambient) {
  const auto line = [](const char* name, const char* value) {
    return std::string(name) + ":\t" +
           std::string(16 - std::char_traits<char>::length(value), '0') + value + "\n";
  };
  return line("CapInh", inheritable) + line("CapPrm", permitted) + line("CapEff", permitted) +
         line("CapBnd", bounding) + line("CapAmb", ambient);
}

const std::vector<const char*> kShowSets{"print-status", "CapInh", "CapPrm",
                                         "CapEff",       "CapBnd", "CapAmb"};

std::vector<const char*> again(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "exec-again");
  return arguments;
}

TEST(Apply, DropsEverySetOfRootAndNothingComesBack) {
  NEEDS_ROOT();
  const auto once = testing::run([] { return confined({.cap_drop = {"ALL"}}, kShowSets); });
  EXPECT_EQ(once.out, sets("0", "0", "0", "0"));
  const auto twice = testing::run([] { return confined({.cap_drop = {"ALL"}}, again(kShowSets)); });
  EXPECT_EQ(twice.out, sets("0", "0", "0", "0"));
}

TEST(Apply, KeepsOneCapabilityOfRoot) {
  NEEDS_ROOT();
  const auto ended = testing::run(
      [] { return confined({.cap_drop = {"ALL"}, .cap_add = {"net_raw"}}, again(kShowSets)); });
  EXPECT_EQ(ended.out, sets("0", "2000", "2000", "0"));
}

TEST(Apply, KeepsOneCapabilityOverAChangeOfUser) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    return confined({.user = "1000", .cap_drop = {"ALL"}, .cap_add = {"net_raw"}},
                    again(kShowSets));
  });
  EXPECT_EQ(ended.out, sets("2000", "2000", "2000", "2000"));
}

TEST(Apply, ClearsWhatWasInherited) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    ::syscall(SYS_capget, &header, data);
    data[0].inheritable = 1U << CAP_NET_RAW;
    if (::syscall(SYS_capset, &header, data) != 0 ||
        ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0) != 0) {
      return 2;
    }
    return confined({.cap_drop = {"ALL"}}, kShowSets);
  });
  EXPECT_EQ(ended.out, sets("0", "0", "0", "0"));
}

TEST(Apply, ChangesEveryIdAndClearsTheGroups) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    const gid_t groups[] = {10, 20, 30};
    if (::setgroups(3, groups) != 0) {
      return 2;
    }
    return confined({.user = "1234:5678"}, {"print-status", "Uid", "Gid", "Groups", "CapPrm"});
  });
  EXPECT_EQ(ended.out,
            "Uid:\t1234\t1234\t1234\t1234\nGid:\t5678\t5678\t5678\t5678\nGroups:\t \n"
            "CapPrm:\t0000000000000000\n");
}

TEST(Apply, SetsNoNewPrivsForGrandchildrenToo) {
  const auto ended = testing::run([] {
    return confined({.no_new_privs = true}, {"exec-again", "print-status", "NoNewPrivs"});
  });
  EXPECT_EQ(ended.out, "NoNewPrivs:\t1\n");
  const auto control = testing::run([] { return confined({}, {"print-status", "NoNewPrivs"}); });
  EXPECT_EQ(control.out, "NoNewPrivs:\t0\n");
}

TEST(Apply, DeniesTheNamedCallsAndNoOther) {
  const auto ended = testing::run([] {
    return confined({.seccomp_deny = {"getppid", "ptrace"}},
                    {"try-calls", "getppid", "ptrace", "socket", "unlinkat"});
  });
  EXPECT_EQ(ended.out, "getppid EPERM\nptrace EPERM\nsocket EINVAL\nunlinkat EINVAL\n");
}

TEST(Apply, PositiveControlWithoutAFilter) {
  const auto ended = testing::run([] { return confined({}, {"try-calls", "getppid", "ptrace"}); });
  EXPECT_EQ(ended.out, "getppid OK\nptrace ESRCH\n");
}

#if defined(__x86_64__)
TEST(Apply, DeniesThroughTheOldInterfaceToo) {
  const auto ended = testing::run([] {
    return confined({.seccomp_deny = {"mkdir", "socket"}}, {"try-old-calls", "39", "102", "20"});
  });
  if (ended.out.find("39 ENOSYS") != std::string::npos) {
    GTEST_SKIP() << "this kernel has no i386 interface";
  }
  EXPECT_THAT(ended.out, HasSubstr("39 EPERM\n102 EPERM\n20 OK\n"));
}
#endif

TEST(Apply, SeccompAddsExactlyOneFilter) {
  const auto count = [](const Policy& policy) {
    return testing::run([&] { return confined(policy, {"print-status", "Seccomp_filters"}); }).out;
  };
  const auto number = [](const std::string& line) { return std::stoi(line.substr(16)); };
  const std::string before = count({});
  if (before.empty()) {
    GTEST_SKIP() << "the kernel does not count filters";
  }
  EXPECT_EQ(number(count({.seccomp_deny = {"ptrace"}})), number(before) + 1);
}

TEST(Apply, WorksForAnUnprivilegedUserWhereNothingIsAskedForThatItHasNot) {
  const auto ended = testing::run([] {
    if (!become_1000()) {
      return 2;
    }
    const std::string self = std::to_string(::getuid()) + ":" + std::to_string(::getgid());
    return confined(
        {.user = self, .cap_drop = {"ALL"}, .no_new_privs = true, .seccomp_deny = {"ptrace"}},
        {"print-status", "CapPrm", "NoNewPrivs", "Seccomp"});
  });
  EXPECT_EQ(ended.out, "CapPrm:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n") << ended.err;
}

TEST(Apply, RefusesAnotherUserWithoutThePrivilege) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    return become_1000() ? confined({.user = "1001:1000"}, {"print-argv", "ran"}) : 2;
  });
  EXPECT_EQ(ended.status.code, kRefused);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("cannot change the user id"));
}

TEST(Apply, RefusesAnotherGroupWithoutThePrivilege) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    return become_1000() ? confined({.user = "1000:1001"}, {"print-argv", "ran"}) : 2;
  });
  EXPECT_EQ(ended.status.code, kRefused);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("cannot change the group id"));
}

TEST(Apply, RefusesGroupsThatItCannotClear) {
  NEEDS_ROOT();
  const auto ended = testing::run([] {
    const gid_t groups[] = {10};
    if (::setgroups(1, groups) != 0 || ::setgid(1000) != 0 || ::setuid(1000) != 0) {
      return 2;
    }
    return confined({.user = "1000"}, {"print-argv", "ran"});
  });
  EXPECT_EQ(ended.status.code, kRefused);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("supplementary groups"));
}

TEST(Apply, RefusesAnUnmappedId) {
  const auto ended = testing::run([] {
    if (::unshare(CLONE_NEWUSER) != 0) {
      return 77;
    }
    return confined({.user = "1234:5678"}, {"print-argv", "ran"});
  });
  if (ended.status.code == 77) {
    GTEST_SKIP() << "no user namespaces";
  }
  EXPECT_EQ(ended.status.code, kRefused);
  EXPECT_EQ(ended.out, "");
}

TEST(Apply, RefusesWhatReadsBackDifferently) {
  NEEDS_ROOT();
  // A capability that has left the bounding set between the two phases: no system call fails.
  const auto step = [](bool disturbed) {
    return testing::run([disturbed] {
             const auto prepared = prepare({.user = "1000", .cap_drop = {"net_raw"}});
             if (!prepared) {
               return -1;
             }
             if (disturbed && ::prctl(PR_CAPBSET_DROP, CAP_CHOWN, 0, 0, 0) != 0) {
               return -2;
             }
             return static_cast<int>(apply(*prepared).step);
           })
        .status.code;
  };
  EXPECT_EQ(step(false), static_cast<int>(Step::kNone));
  EXPECT_EQ(step(true), static_cast<int>(Step::kVerifyCapabilities));
}

TEST(Apply, ChangesNothingWhenNothingIsPrepared) {
  const auto ended = testing::run([] {
    const Prepared nothing;
    return apply(nothing).any() || load_filters(nothing, nullptr).any() ? 1 : 0;
  });
  EXPECT_EQ(ended.status.code, 0);
}

TEST(LoadFilters, ReportsWhatTheKernelRefuses) {
  const auto ended = testing::run([] {
    Prepared prepared;
    prepared.filters = {{.origin = "", .program = {{0xFFFF, 0, 0, 0}}, .rules = {}}};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const Failed failed = load_filters(prepared, nullptr);
    return failed.step == Step::kSeccomp && failed.error == EINVAL ? 0 : 1;
  });
  EXPECT_EQ(ended.status.code, 0);
}

}  // namespace
}  // namespace indexrun::confine
