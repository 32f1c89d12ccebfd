// SPDX-License-Identifier: Apache-2.0
// --user and --groups by number and by name, from the image's own files, in both modes.
#include "support/blackbox.h"

#include <cstring>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

using testing::HasSubstr;

constexpr const char* kPasswd =
    "root:x:0:0:root:/root:/bin/sh\r\n"
    "+nis::::::\n"
    "broken:x:one:1::/:\n"
    "app:x:1234:5678:An app:/home/app:/bin/sh\n"
    "app:x:1:1:a second one:/:\n"
    "last:x:77:78::/srv:";
constexpr const char* kGroup = "root:x:0:\nsound:x:29:other,app\nfilm:x:44:app\nlast:x:78:";

/// Puts our own files over those of the machine, for this process alone.
void cover(const std::string& file, const char* over) {
  if (mount(file.c_str(), over, nullptr, MS_BIND, nullptr) != 0) {
    _exit(98);
  }
}

void own_mounts() {
  if (unshare(CLONE_NEWNS) != 0 ||
      mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    _exit(98);
  }
}

class Identity : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override { INDEXRUN_SKIP_UNLESS(is_root(), "changing the user needs root"); }

  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a --supervise").args({GetParam()}).line(words);
  }

  /// In an image with the users and groups above.
  [[nodiscard]] Command image(const std::string& words) const {
    const std::string passwd = dir_.write("passwd", kPasswd);
    const std::string group = dir_.write("group", kGroup);
    return worker(words).in_child([passwd, group] {
      own_mounts();
      cover(passwd, "/etc/passwd");
      cover(group, "/etc/group");
    });
  }

  /// In an image without any file in /etc.
  [[nodiscard]] Command bare(const std::string& words) const {
    return worker(words).in_child([] {
      own_mounts();
      if (mount("none", "/etc", "tmpfs", 0, nullptr) != 0) {
        _exit(98);
      }
    });
  }

  static std::string ids(unsigned uid, unsigned gid, const std::string& groups) {
    const std::string u = std::to_string(uid);
    const std::string g = std::to_string(gid);
    return "Uid:\t" + u + "\t" + u + "\t" + u + "\t" + u + "\nGid:\t" + g + "\t" + g + "\t" + g +
           "\t" + g + "\nGroups:\t" + groups + " \n";
  }

  static std::vector<std::string> shown() {
    return {probe(), "print-status", "Uid", "Gid", "Groups"};
  }
};

TEST_P(Identity, ANumberNeedsNoFile) {
  EXPECT_THAT(bare("--user 1234:5678").command(shown()).run(), Prints(ids(1234, 5678, "")));
  EXPECT_THAT(bare("--user 1234").command(shown()).run(), Prints(ids(1234, 1234, "")));
  EXPECT_THAT(bare("--user 1:2 --groups 10,20").command(shown()).run(), Prints(ids(1, 2, "10 20")));
}

TEST_P(Identity, ANameIsTheImages) {
  EXPECT_THAT(image("--user app").command(shown()).run(), Prints(ids(1234, 5678, "29 44 5678")));
  EXPECT_THAT(image("--user last").command(shown()).run(), Prints(ids(77, 78, "78")));
  EXPECT_THAT(image("--user app:sound").command(shown()).run(), Prints(ids(1234, 29, "")));
  EXPECT_THAT(image("--user app:9").command(shown()).run(), Prints(ids(1234, 9, "")));
  EXPECT_THAT(image("--user 9:film").command(shown()).run(), Prints(ids(9, 44, "")));
}

TEST_P(Identity, GroupsAreExactlyThoseGiven) {
  EXPECT_THAT(image("--user app --groups film,7").command(shown()).run(),
              Prints(ids(1234, 5678, "7 44")));
  EXPECT_THAT(image("--user app --groups none").command(shown()).run(),
              Prints(ids(1234, 5678, "")));
  EXPECT_THAT(worker("--groups 7").command(shown()).run(), Prints(ids(0, 0, "7")));
  Command none = worker("--groups").args({""}).command(shown()).in_child([] {
    const gid_t groups[] = {1, 2};
    setgroups(2, groups);
  });
  EXPECT_THAT(none.run(), Prints(ids(0, 0, "")));
}

TEST_P(Identity, WithoutTheOptionTheGroupsStay) {
  Command run = worker("").command(shown()).in_child([] {
    const gid_t groups[] = {1, 2};
    setgroups(2, groups);
  });
  EXPECT_THAT(run.run(), Prints(ids(0, 0, "1 2")));
}

TEST_P(Identity, OnlyANameComesWithItsVariables) {
  const std::vector<std::string> show{probe(), "print-env", "HOME", "USER", "LOGNAME"};
  EXPECT_THAT(image("--user app").env("HOME", "/root").command(show).run(),
              Prints("HOME=/home/app\nUSER=app\nLOGNAME=app\n"));
  EXPECT_THAT(image("--user app -e HOME=/x{index}").env("HOME", "/root").command(show).run(),
              Prints("HOME=/x0\nUSER=app\nLOGNAME=app\n"));
  EXPECT_THAT(image("--user 1234").env("HOME", "/root").command(show).run(),
              Prints("HOME=/root\nUSER=(unset)\nLOGNAME=(unset)\n"));
}

TEST_P(Identity, AnUnknownNameIsAnErrorForEveryWorker) {
  const auto refusal = [](std::vector<std::string> says, std::string hint) {
    return Refusal{.exit = 196, .stage = "confine", .says = std::move(says), .hint = hint};
  };
  EXPECT_THAT(image("--user ap").command(kEcho).run(),
              Refuses(refusal({"--user", "/etc/passwd has no user 'ap'"}, "app")));
  EXPECT_THAT(image("--user app:soud").command(kEcho).run(),
              Refuses(refusal({"/etc/group has no group 'soud'"}, "sound")));
  EXPECT_THAT(image("--groups soud").command(kEcho).run(),
              Refuses(refusal({"--groups", "/etc/group"}, "sound")));
  EXPECT_THAT(image("--user broken").command(kEcho).run(),
              Refuses(refusal({"/etc/passwd:3", "malformed"}, "numeric")));
  EXPECT_THAT(image("--user +nis").command(kEcho).run(), Refuses(refusal({"'+nis'"}, "")));
  EXPECT_THAT(bare("--user app").command(kEcho).run(),
              Refuses(refusal({"/etc/passwd", "no such file"}, "numeric")));
  EXPECT_THAT(bare("--user 1:app").command(kEcho).run(),
              Refuses(refusal({"/etc/group", "no such file"}, "numeric")));
}

TEST_P(Identity, NumbersThatMeanAnotherIdAreRefused) {
  for (const char* user : {"0042", "+1", "-1", "4294967295", "18446744073709551617", "1:", ":1",
                           "1:0042", "1:4294967295", "1:1:1"}) {
    expect_refusal(worker("--user").args({user}).command(kEcho), {.exit = 196, .stage = "confine"});
  }
  EXPECT_THAT(worker("--user 42").command(shown()).run(), Prints(ids(42, 42, "")));
}

TEST_P(Identity, ADirectoryThatOnlyOneOfTheTwoMayEnter) {
  dir_.make_folder("roots", 0700);
  EXPECT_THAT(worker("--user 1234 -C roots").command(kEcho).run(), Prints("ran\n"));
  expect_refusal(worker("--user 1234 -C missing").command(kEcho),
                 {.exit = 198, .stage = "launch", .object = "missing"});
}

TEST_P(Identity, TheProgramCanBeLookedAtByItsOwnUser) {
  // setresuid(2) makes a process undumpable; what it becomes by execve(2) is not.
  EXPECT_THAT(worker("--user 1234").command({"cat", "/proc/self/environ"}).run(), Exits(0));
}

TEST_P(Identity, AnIdOutsideTheMapIsNamedWithTheMap) {
  const auto inside = [&](const std::string& words) {
    return worker(words).command(kEcho).in_child([] {
      const auto write_to = [](const char* path, const char* text) {
        const int fd = open(path, O_WRONLY | O_CLOEXEC);
        if (fd < 0 || write(fd, text, strlen(text)) < 0) {
          _exit(98);
        }
        close(fd);
      };
      if (unshare(CLONE_NEWUSER) != 0) {
        _exit(98);
      }
      write_to("/proc/self/setgroups", "deny");
      write_to("/proc/self/uid_map", "0 0 1");
      write_to("/proc/self/gid_map", "0 0 1");
    });
  };
  INDEXRUN_SKIP_UNLESS(inside("").run().exit == 0, "no user namespaces");
  EXPECT_THAT(inside("--user 1000 -w data").run(),
              Refuses({.exit = 199,
                       .stage = "confine",
                       .says = {"--user", "1000 is not mapped", "which has 0"}}));
  EXPECT_THAT(inside("--user 0:1000 -w data").run(),
              Refuses({.exit = 199, .stage = "confine", .says = {"group id 1000"}}));
  EXPECT_THAT(inside("--groups 5 -w data").run(),
              Refuses({.exit = 199, .stage = "confine", .says = {"--groups", "setgroups"}}));
  EXPECT_FALSE(dir_.has("data"));
  EXPECT_THAT(inside("--user 0:0").run(), Prints("ran\n"));
}

TEST_P(Identity, ALevelDoesNotLoosenAnother) {
  const auto run = [&](const std::string& options, const std::string& words) {
    return worker(words).env("INDEXRUN_OPTIONS", options).command(kEcho).run();
  };
  EXPECT_THAT(run("--user 1234", "--user 1234:1234"), Prints("ran\n"));
  EXPECT_THAT(run("--user 1234", "--user 0"), Exits(196));
  EXPECT_THAT(run("--groups 7", "--groups 7"), Prints("ran\n"));
  EXPECT_THAT(run("--groups 7", "--groups 7,8"), Exits(196));
}

INSTANTIATE_TEST_SUITE_P(Modes, Identity, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

/// For somebody who has no rights.
TEST_F(Blackbox, OtherGroupsAreRefusedToAnOrdinaryUser) {
  Command run = indexrun("--index 0 --item a --groups 5 -w data").command(kEcho);
  if (is_root()) {
    run.as_user(65534);
  }
  expect_refusal(run,
                 {.exit = 199, .stage = "confine", .says = {"--groups"}, .hint = "CAP_SETGID"});
}

}  // namespace
}  // namespace indexrun::test
