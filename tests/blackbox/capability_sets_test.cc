// SPDX-License-Identifier: Apache-2.0
// Capabilities in all five sets and securebits, as the program and what it executes see them, in
// both modes; with files that give rights as the control.
#include "support/blackbox.h"

#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr std::uint32_t kNetRaw = 1U << CAP_NET_RAW;

std::string sets(const char* inheritable, const char* permitted, const char* bounding,
                 const char* ambient) {
  const auto line = [](const char* name, const std::string& value) {
    return std::string(name) + ":\t" + std::string(16 - value.size(), '0') + value + "\n";
  };
  return line("CapInh", inheritable) + line("CapPrm", permitted) + line("CapEff", permitted) +
         line("CapBnd", bounding) + line("CapAmb", ambient);
}

std::vector<std::string> shown() {
  return {probe(), "print-status", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"};
}

/// After a second execve(2).
std::vector<std::string> shown_again() {
  std::vector<std::string> command = shown();
  command.insert(command.begin() + 1, "exec-again");
  return command;
}

void inherit_net_raw(bool ambient) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  syscall(SYS_capget, &header, data);
  data[0].inheritable = kNetRaw;
  if (syscall(SYS_capset, &header, data) != 0 ||
      (ambient && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0) != 0)) {
    _exit(98);
  }
}

void lose(int capability) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  syscall(SYS_capget, &header, data);
  data[0].effective &= ~(1U << static_cast<unsigned>(capability));
  data[0].permitted &= ~(1U << static_cast<unsigned>(capability));
  if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0 || syscall(SYS_capset, &header, data) != 0) {
    _exit(98);
  }
}

class CapabilitySets : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override { INDEXRUN_SKIP_UNLESS(is_root(), "giving up rights needs root"); }

  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
  }

  /// A copy of the probe that gives its caller CAP_NET_RAW.
  [[nodiscard]] std::string with_file_capability(bool effective) const {
    std::string path = dir_ / "gives";
    std::filesystem::copy_file(probe(), path, std::filesystem::copy_options::overwrite_existing);
    vfs_cap_data data{};
    data.magic_etc = VFS_CAP_REVISION_2 | (effective ? VFS_CAP_FLAGS_EFFECTIVE : 0);
    data.data[0].permitted = kNetRaw;
    EXPECT_EQ(setxattr(path.c_str(), "security.capability", &data, XATTR_CAPS_SZ_2, 0), 0);
    return path;
  }
};

TEST_P(CapabilitySets, NothingComesBackAtALaterExec) {
  EXPECT_THAT(worker("--cap-drop ALL").command(shown_again()).run(),
              Prints(sets("0", "0", "0", "0")));
  EXPECT_THAT(worker("--cap-drop all --user 1234").command(shown_again()).run(),
              Prints(sets("0", "0", "0", "0")));
}

TEST_P(CapabilitySets, WhatIsKeptIsTheSameEverywhere) {
  EXPECT_THAT(worker("--user 1234 --cap-drop ALL --cap-add net_raw").command(shown_again()).run(),
              Prints(sets("2000", "2000", "2000", "2000")));
  EXPECT_THAT(worker("--cap-drop ALL --cap-add net_raw").command(shown_again()).run(),
              Prints(sets("0", "2000", "2000", "0")));
}

TEST_P(CapabilitySets, WhatTheParentLeftIsCleared) {
  for (const bool ambient : {false, true}) {
    Command control = worker("").command(shown()).in_child([ambient] { inherit_net_raw(ambient); });
    EXPECT_THAT(control.run().out, testing::HasSubstr("CapInh:\t0000000000002000"));
    Command run =
        worker("--cap-drop ALL").command(shown()).in_child([ambient] { inherit_net_raw(ambient); });
    EXPECT_THAT(run.run(), Prints(sets("0", "0", "0", "0")));
    Command user =
        worker("--user 1234").command(shown()).in_child([ambient] { inherit_net_raw(ambient); });
    EXPECT_THAT(user.run().out, testing::HasSubstr("CapInh:\t0000000000000000\nCapPrm:\t0000000000"
                                                   "000000\nCapEff:\t0000000000000000"));
  }
}

TEST_P(CapabilitySets, ABoundingSetThatCannotBeDroppedIsRefused) {
  Command run =
      worker("--cap-drop net_raw -w data").command(kEcho).in_child([] { lose(CAP_SETPCAP); });
  EXPECT_THAT(run.run(), Refuses({.exit = 199, .stage = "confine", .says = {"CAP_SETPCAP"}}));
  EXPECT_FALSE(dir_.has("data"));
}

TEST_P(CapabilitySets, NamesAreTakenInEveryForm) {
  for (const char* name : {"net_raw", "NET_RAW", "CAP_NET_RAW", "cap_net_raw", "Cap_Net_Raw"}) {
    EXPECT_THAT(worker("--cap-drop ALL --cap-add").args({name}).command(shown()).run(),
                Prints(sets("0", "2000", "2000", "0")))
        << name;
  }
  for (const char* name : {"cap_bogus", "99", "net raw", "cap_"}) {
    expect_refusal(worker("--cap-drop").args({name}).command(kEcho),
                   {.exit = 196, .stage = "confine", .object = "--cap-drop"});
  }
}

TEST_P(CapabilitySets, AFileGivesNothingUnderNoNewPrivs) {
  const std::string gives = with_file_capability(true);
  const std::vector<std::string> show{gives, "print-status", "CapEff"};
  EXPECT_THAT(worker("--user 1234").command(show).run(), Prints("CapEff:\t0000000000002000\n"))
      << "positive control";
  EXPECT_THAT(worker("--user 1234 --no-new-privs").command(show).run(),
              Prints("CapEff:\t0000000000000000\n"));
}

TEST_P(CapabilitySets, AFileBeyondTheBoundingSetIsExplained) {
  const std::vector<std::string> run{with_file_capability(true), "print-argv"};
  EXPECT_THAT(worker("--user 1234 --cap-drop net_raw").command(run).run(),
              Refuses({.exit = 126, .stage = "launch", .hint = "bounding set"}));
  const std::vector<std::string> show{with_file_capability(false), "print-status", "CapEff"};
  EXPECT_THAT(worker("--user 1234 --cap-drop net_raw").command(show).run(),
              Prints("CapEff:\t0000000000000000\n"));
}

TEST_P(CapabilitySets, ASetUserIdProgramGainsNothingUnderNoNewPrivs) {
  const std::string path = dir_ / "suid";
  std::filesystem::copy_file(probe(), path);
  ASSERT_EQ(chmod(path.c_str(), 04755), 0);
  const std::vector<std::string> show{path, "print-status", "Uid"};
  EXPECT_THAT(worker("--user 1234").command(show).run(), Prints("Uid:\t1234\t0\t0\t0\n"))
      << "positive control";
  EXPECT_THAT(worker("--user 1234 --no-new-privs").command(show).run(),
              Prints("Uid:\t1234\t1234\t1234\t1234\n"));
}

TEST_P(CapabilitySets, NoNewPrivsHoldsForGrandchildrenAndWhereItIsSetAlready) {
  const std::vector<std::string> show{probe(), "exec-again", "print-status", "NoNewPrivs"};
  EXPECT_THAT(worker("--no-new-privs").command(show).run(), Prints("NoNewPrivs:\t1\n"));
  Command outer = worker("--no-new-privs --cap-drop ALL").command(show).in_child([] {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  });
  EXPECT_THAT(outer.run(), Prints("NoNewPrivs:\t1\n"));
}

TEST_P(CapabilitySets, UserZeroIsWorthNothingWithNoroot) {
  EXPECT_NE(worker("").command(shown()).run().out.find("CapEff:\t0000000000000000"), 0U);
  Ran ran = worker("--securebits noroot,noroot-locked").command(shown_again()).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.out, testing::HasSubstr("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000"));
  EXPECT_THAT(worker("--securebits all-locked --cap-drop ALL --cap-add net_raw")
                  .command(shown_again())
                  .run(),
              Prints(sets("2000", "2000", "2000", "2000")));
}

TEST_P(CapabilitySets, SecurebitsGoWithAnotherUser) {
  Command run = worker("--securebits all-locked --user 1234 --cap-add net_raw")
                    .command({probe(), "print-securebits"});
  EXPECT_THAT(run.run(), Prints("ef\n"));
  EXPECT_THAT(worker("").command({probe(), "print-securebits"}).run(), Prints("0\n"));
  Command held = worker("--securebits no-setuid-fixup").command({probe(), "print-securebits"});
  EXPECT_THAT(held.in_child([] { prctl(PR_SET_SECUREBITS, 0x40, 0, 0, 0); }).run(), Prints("44\n"));
}

TEST_P(CapabilitySets, SecurebitsThatCannotBeHadAreRefused) {
  expect_refusal(worker("--securebits norot").command(kEcho),
                 {.exit = 196, .stage = "confine", .object = "--securebits", .hint = "noroot"});
  expect_refusal(worker("--securebits keep-caps").command(kEcho),
                 {.exit = 196, .stage = "confine", .says = {"execve"}});
  Command weak =
      worker("--securebits noroot -w data").command(kEcho).in_child([] { lose(CAP_SETPCAP); });
  EXPECT_THAT(weak.run(), Refuses({.exit = 199, .stage = "confine", .says = {"CAP_SETPCAP"}}));
  Command locked = worker("--securebits noroot -w data").command(kEcho).in_child([] {
    prctl(PR_SET_SECUREBITS, 2, 0, 0, 0);
  });
  EXPECT_THAT(locked.run(), Refuses({.exit = 199, .stage = "confine", .says = {"locked"}}));
  EXPECT_FALSE(dir_.has("data"));
}

INSTANTIATE_TEST_SUITE_P(Modes, CapabilitySets, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

/// An ordinary user that has nothing may still be sure to have nothing.
TEST_F(Blackbox, NothingToDropIsSatisfiedUnderNoNewPrivs) {
  Command run = indexrun("--index 0 --item a --cap-drop ALL --no-new-privs")
                    .command({probe(), "print-status", "CapPrm", "NoNewPrivs"});
  if (is_root()) {
    run.as_user(65534);
  }
  EXPECT_THAT(run.run(), Prints("CapPrm:\t0000000000000000\nNoNewPrivs:\t1\n"));
}

}  // namespace
}  // namespace indexrun::test
