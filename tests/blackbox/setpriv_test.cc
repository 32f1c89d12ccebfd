// SPDX-License-Identifier: Apache-2.0
// The same policy by indexrun, by setpriv(1) of util-linux and by capsh(1) of libcap: the program
// must find the same in /proc/self/status. Where they differ on purpose, the difference is named.
#include "support/blackbox.h"

#include <filesystem>

#include <grp.h>
#include <linux/capability.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr const char* kLines = "^(Uid|Gid|Groups|Cap...|NoNewPrivs):";

/// Options of ours and a whole command line of the other.
struct Same {
  const char* ours;
  const char* theirs;
};

class Differential : public Blackbox {
 protected:
  void SetUp() override { INDEXRUN_SKIP_UNLESS(is_root(), "giving up rights needs root"); }

  static void inherit_groups(Command& command) {
    command.in_child([] {
      const gid_t groups[] = {3, 4};
      if (setgroups(2, groups) != 0) {
        _exit(98);
      }
    });
  }

  void expect_same(const Same& same, const std::vector<std::string>& theirs_tail) const {
    for (const char* mode : {"never", "always"}) {
      Command ours = indexrun("--index 0 --item a --supervise").args({mode}).line(same.ours);
      ours.command({"/bin/grep", "-E", kLines, "/proc/self/status"});
      Command theirs = Command({}).line(same.theirs).args(theirs_tail).in(dir_.path());
      inherit_groups(ours);
      inherit_groups(theirs);
      const Ran ran = ours.run();
      const Ran expected = theirs.run();
      ASSERT_THAT(expected, Exits(0)) << same.theirs;
      EXPECT_EQ(ran.out, expected.out) << same.ours << " and " << same.theirs << "\n" << ran.err;
    }
  }
};

TEST_F(Differential, Setpriv) {
  INDEXRUN_SKIP_UNLESS(access("/usr/bin/setpriv", X_OK) == 0, "setpriv is missing");
  const std::vector<std::string> tail{"/bin/grep", "-E", kLines, "/proc/self/status"};
  // Inheritable sets are said explicitly: setpriv leaves them alone, we clear them.
  for (const Same& same : {
           Same{"", "/usr/bin/setpriv"},
           Same{"--user 1000:1000", "/usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups"},
           Same{"--user 1000", "/usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups"},
           Same{"--user 1000:1000 --groups 10,20",
                "/usr/bin/setpriv --reuid 1000 --regid 1000 --groups 10,20"},
           Same{"--groups 10,20", "/usr/bin/setpriv --groups 10,20"},
           Same{"--groups none", "/usr/bin/setpriv --clear-groups"},
           Same{"--user games", "/usr/bin/setpriv --reuid games --regid games --init-groups"},
           Same{"--user games:audio",
                "/usr/bin/setpriv --reuid games --regid audio --clear-groups"},
           Same{"--no-new-privs", "/usr/bin/setpriv --nnp"},
           Same{"--cap-drop ALL",
                "/usr/bin/setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all"},
           Same{"--cap-drop net_raw,chown", "/usr/bin/setpriv --bounding-set=-net_raw,-chown"},
           Same{"--cap-drop ALL --no-new-privs --user 1000:1000",
                "/usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups --bounding-set=-all "
                "--inh-caps=-all --nnp"},
           Same{"--user 1000:1000 --cap-add net_raw",
                "/usr/bin/setpriv --reuid 1000 --regid 1000 --clear-groups "
                "--inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw"},
       }) {
    expect_same(same, tail);
  }
}

TEST_F(Differential, Capsh) {
  INDEXRUN_SKIP_UNLESS(access("/usr/sbin/capsh", X_OK) == 0, "capsh is missing");
  const std::vector<std::string> tail{
      "--", "-c", std::string("exec /bin/grep -E '") + kLines + "' /proc/self/status"};
  for (const Same& same : {
           Same{"", "/usr/sbin/capsh"},
           Same{"--cap-drop net_raw,chown", "/usr/sbin/capsh --drop=cap_net_raw,cap_chown"},
           Same{"--user 1000:1000", "/usr/sbin/capsh --groups= --gid=1000 --uid=1000"},
           Same{"--user 1000:1000 --groups 10,20",
                "/usr/sbin/capsh --groups=10,20 --gid=1000 --uid=1000"},
           Same{"--user games", "/usr/sbin/capsh --user=games"},
           Same{"--user 1000:1000 --cap-add net_raw",
                "/usr/sbin/capsh --keep=1 --groups= --gid=1000 --uid=1000 --caps=cap_net_raw=eip "
                "--addamb=cap_net_raw"},
       }) {
    expect_same(same, tail);
  }
}

// A file's capabilities stay within what the process had before under no_new_privs, and setpriv
// leaves the permitted set full over the change of user.
TEST_F(Differential, AFilesCapabilitiesAreNotKeptFromTheProgramBySetpriv) {
  INDEXRUN_SKIP_UNLESS(access("/usr/bin/setpriv", X_OK) == 0, "setpriv is missing");
  const std::string path = dir_ / "gives";
  std::filesystem::copy_file(probe(), path);
  vfs_cap_data data{};
  data.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE;
  data.data[0].permitted = 1U << CAP_NET_RAW;
  ASSERT_EQ(setxattr(path.c_str(), "security.capability", &data, XATTR_CAPS_SZ_2, 0), 0);
  Command theirs = Command({"/usr/bin/setpriv", "--reuid", "1000", "--regid", "1000",
                            "--clear-groups", "--nnp", path, "print-status", "CapEff"});
  EXPECT_THAT(theirs.run(), Prints("CapEff:\t0000000000002000\n"));
  Command ours = indexrun("--index 0 --item a --user 1000:1000 --no-new-privs")
                     .command({path, "print-status", "CapEff"});
  EXPECT_THAT(ours.run(), Prints("CapEff:\t0000000000000000\n"));
}

// Run by somebody without rights, setpriv reports success and drops nothing.
TEST_F(Differential, ADropThatCannotBeHadIsNoSuccess) {
  INDEXRUN_SKIP_UNLESS(access("/usr/bin/setpriv", X_OK) == 0, "setpriv is missing");
  Command theirs = Command({"/usr/bin/setpriv", "--bounding-set=-all", "echo", "ran"});
  EXPECT_THAT(theirs.as_user(65534).run(), Prints("ran\n"));
  Command ours = indexrun("--index 0 --item a --cap-drop ALL").command(kEcho).as_user(65534);
  EXPECT_THAT(ours.run(), Refuses({.exit = 199, .stage = "confine"}));
}

}  // namespace
}  // namespace indexrun::test
