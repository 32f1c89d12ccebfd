// SPDX-License-Identifier: Apache-2.0
// Files, ports and processes that the workload may reach: each denial next to what is allowed, in
// both modes, for root and for somebody without any rights.
#include "support/blackbox.h"

#include <cerrno>
#include <cstddef>
#include <initializer_list>
#include <tuple>

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

using Words = std::vector<std::string>;

constexpr unsigned kStranger = 65534;
constexpr long kCreateRuleset = 444;

int landlock_abi() {
  return static_cast<int>(::syscall(kCreateRuleset, nullptr, 0, 1U));
}

class Access : public Blackbox, public testing::WithParamInterface<std::tuple<const char*, bool>> {
 protected:
  void SetUp() override {
    INDEXRUN_SKIP_UNLESS(landlock_abi() >= 6, "needs Landlock ABI 6");
    if (!as_root()) {
      dir_.make_folder("out", 0777);
      dir_.make_folder("more", 0777);
    }
    dir_.write("in/file", "input", 0666);
    dir_.write("elsewhere/file", "secret", 0666);
    dir_.make_folder("out");
    dir_.make_folder("more");
    for (const char* name : {"in", "elsewhere", "out", "more"}) {
      ::chmod((dir_ / name).c_str(), 0777);  // so that nothing but Landlock denies anything
    }
  }

  [[nodiscard]] static bool as_root() { return std::get<1>(GetParam()) && is_root(); }

  /// With the probe's own right to start.
  [[nodiscard]] Command worker(const std::string& words) const {
    Command command =
        indexrun("--index 0 --item a --supervise").args({std::get<0>(GetParam())}).line(words);
    if (is_root() && !as_root()) {
      command.as_user(kStranger);
    }
    return command;
  }
  [[nodiscard]] Command confined(const std::string& words) const {
    return worker(words).args({"--exec", probe()});
  }

  /// What the probe can do there: one line a way.
  [[nodiscard]] static std::string reached(Command command, const std::vector<Words>& ways) {
    Words all{probe()};
    for (const Words& way : ways) {
      if (all.size() > 1) {
        all.emplace_back("then");
      }
      all.emplace_back("reach");
      all.insert(all.end(), way.begin(), way.end());
    }
    Ran ran = command.command(all).run();
    EXPECT_THAT(ran, Exits(0));
    return ran.out;
  }
};

TEST_P(Access, ReadOnlyReadsAndNothingElse) {
  const std::vector<Words> ways{{"read", "in/file"},    {"list", "in"},
                                {"write", "in/file"},   {"truncate", "in/file"},
                                {"create", "in/new"},   {"mkdir", "in/folder"},
                                {"symlink", "in/link"}, {"fifo", "in/fifo"},
                                {"unlink", "in/file"},  {"rename", "in/file", "in/moved"}};
  EXPECT_EQ(reached(confined("--ro in"), ways),
            "read OK\nlist OK\nwrite EACCES\ntruncate EACCES\ncreate EACCES\nmkdir EACCES\n"
            "symlink EACCES\nfifo EACCES\nunlink EACCES\nrename EACCES\n");
  EXPECT_EQ(dir_.read("in/file"), "input");
  EXPECT_EQ(reached(worker(""), ways),
            "read OK\nlist OK\nwrite OK\ntruncate OK\ncreate OK\nmkdir OK\nsymlink OK\nfifo OK\n"
            "unlink OK\nrename ENOENT\n")
      << "the control";
}

TEST_P(Access, ReadAndWriteDoesAllButDevicesAndExecution) {
  EXPECT_EQ(reached(confined("--rw out --rw more"), {{"create", "out/a"},
                                                     {"write", "out/a"},
                                                     {"truncate", "out/a"},
                                                     {"empty", "out/a"},
                                                     {"mkdir", "out/folder"},
                                                     {"rename", "out/a", "out/folder/b"},
                                                     {"rename", "out/folder/b", "more/c"},
                                                     {"link", "more/c", "out/d"},
                                                     {"symlink", "out/link"},
                                                     {"fifo", "out/fifo"},
                                                     {"socket", "out/socket"},
                                                     {"unlink", "more/c"},
                                                     {"rmdir", "out/folder"}}),
            "create OK\nwrite OK\ntruncate OK\nempty OK\nmkdir OK\nrename OK\nrename OK\nlink OK\n"
            "symlink OK\nfifo OK\nsocket OK\nunlink OK\nrmdir OK\n");
  EXPECT_TRUE(dir_.has("out/d"));
}

TEST_P(Access, DevicesCannotBeMade) {
  if (!as_root()) {
    return;  // devices are made by root only
  }
  const std::vector<Words> ways{{"device", "out/device"}};
  EXPECT_EQ(reached(confined("--rw out"), ways), "device EACCES\n");
  const std::string control = reached(worker(""), ways);
  EXPECT_TRUE(control == "device OK\n" || control == "device EPERM\n") << control;
}

TEST_P(Access, WhatIsNotNamedIsOutOfReach) {
  ::symlink((dir_ / "elsewhere/file").c_str(), (dir_ / "out/link").c_str());
  EXPECT_EQ(reached(confined("--ro in --rw out"), {{"read", "elsewhere/file"},
                                                   {"read", "out/../elsewhere/file"},
                                                   {"read", "out/link"},
                                                   {"read", "/etc/passwd"},
                                                   {"list", "/"},
                                                   {"list", "."},
                                                   {"write", "/dev/null"},
                                                   {"chdir", "elsewhere"},
                                                   {"read", "file"}}),
            "read EACCES\nread EACCES\nread EACCES\nread EACCES\nlist EACCES\nlist EACCES\n"
            "write EACCES\nchdir OK\nread EACCES\n")
      << "a directory can be entered but shows nothing";
  EXPECT_EQ(reached(worker(""), {{"read", "elsewhere/file"}, {"read", "/etc/passwd"}}),
            "read OK\nread OK\n");
}

TEST_P(Access, NothingIsMovedOrLinkedOutOfWhatCanOnlyBeRead) {
  // EXDEV tells mv(1) to copy; what may not even be unlinked or made is EACCES.
  const std::string got =
      reached(confined("--ro in --rw out"), {{"link", "in/file", "out/stolen"},
                                             {"rename", "in/file", "out/stolen"},
                                             {"create", "out/own"},
                                             {"rename", "out/own", "in/own"}});
  EXPECT_THAT(got, testing::AnyOf("link EXDEV\nrename EACCES\ncreate OK\nrename EACCES\n",
                                  "link EPERM\nrename EACCES\ncreate OK\nrename EACCES\n"));
  EXPECT_EQ(dir_.read("in/file"), "input");
  EXPECT_FALSE(dir_.has("out/stolen"));
}

TEST_P(Access, OnlyWhatIsNamedForItIsExecuted) {
  const std::string copy = dir_ / "out/program";
  ASSERT_THAT(Command({"/bin/cp", probe(), copy}).run(), Exits(0));
  EXPECT_EQ(reached(confined("--rw out --ro ."), {{"execute", copy}, {"read", copy}}),
            "execute EACCES\nread OK\n");
  EXPECT_EQ(reached(confined("--rw out --exec out"), {{"execute", copy}}), "execute OK\n");
}

TEST_P(Access, AFileMayBeNamedToo) {
  EXPECT_EQ(reached(confined("--rw in/file"),
                    {{"write", "in/file"}, {"truncate", "in/file"}, {"create", "in/new"}}),
            "write OK\ntruncate OK\ncreate EACCES\n");
}

TEST_P(Access, WhatIsOpenStaysOpenButIsNotOpenedAgain) {
  const std::string open = dir_.write("elsewhere/open", "open", 0666);
  const Words ways{probe(), "cat", "then", "reach", "read", "/proc/self/fd/0"};
  EXPECT_THAT(worker("").stdin_from(open).command(ways).run(), Prints("openread OK\n"));
  EXPECT_THAT(confined("--ro in").stdin_from(open).command(ways).run(),
              Prints("openread EACCES\n"));
}

TEST_P(Access, DevicesThatMayOnlyBeReadAreNotControlled) {
  const std::vector<Words> ways{{"read", "/dev/urandom"}, {"control", "/dev/urandom"}};
  EXPECT_EQ(reached(worker(""), ways), "read OK\ncontrol OK\n");
  EXPECT_EQ(reached(confined("--ro /dev/urandom"), ways), "read OK\ncontrol EACCES\n");
  EXPECT_EQ(reached(confined("--rw /dev/urandom"), ways), "read OK\ncontrol OK\n");
}

TEST_P(Access, ADirectoryIsMadeWhereTheNameEndsWithASlash) {
  expect_refusal(confined("--rw out/{index}").command({probe(), "exit", "0"}),
                 {.exit = 197, .stage = "confine", .object = "--rw", .hint = "out/0/"});
  EXPECT_EQ(reached(confined("--rw out/{index}/deep/"),
                    {{"create", "out/0/deep/file"}, {"create", "out/0/file"}}),
            "create OK\ncreate EACCES\n");
  EXPECT_TRUE(dir_.has("out/0/deep/file"));
  EXPECT_EQ(reached(confined("--rw out/{index}/deep/"), {{"read", "out/0/deep/file"}}), "read OK\n")
      << "it may be there already";
}

TEST_P(Access, TheDirectoryMadeIsTheWorkloads) {
  if (!as_root()) {
    return;
  }
  EXPECT_EQ(reached(confined("--user 1234 --rw out/{index}/"), {{"create", "out/0/file"}}),
            "create OK\n");
}

TEST_P(Access, AnOutputOfOursIsThereBeforeTheRules) {
  EXPECT_EQ(
      reached(confined("-w out/data --ro out/data"), {{"read", "out/data"}, {"write", "out/data"}}),
      "read OK\nwrite EACCES\n");
}

TEST_P(Access, RelativePathsStartFromTheWorkingDirectory) {
  EXPECT_EQ(
      reached(confined("--chdir in --ro ."), {{"read", "file"}, {"read", "../elsewhere/file"}}),
      "read OK\nread EACCES\n");
}

TEST_P(Access, APathThatIsNotThereIsRefused) {
  for (const char* words :
       {"--ro missing", "--rw missing", "--exec missing", "--ro in/file/x", "--rw in/file/"}) {
    expect_refusal(confined(words).command({probe(), "exit", "0"}),
                   {.exit = 196, .stage = "confine", .object = "--"});
  }
  expect_refusal(confined("--rw in/file/x/").command({probe(), "exit", "0"}),
                 {.exit = 198, .stage = "launch", .object = "--rw"});
  expect_refusal(confined("--ro in/{}").command({probe(), "exit", "0"}),
                 {.exit = 197, .stage = "confine", .object = "--ro"});
  expect_refusal(confined("--ro in/{indx}").command({probe(), "exit", "0"}),
                 {.exit = 196, .stage = "templates", .object = "--ro"});
  expect_refusal(worker("").args({"--ro", ""}).command(kEcho), {.exit = 196, .stage = "options"});
}

TEST_P(Access, AnItemCannotLeadOutOfTheTemplate) {
  for (const char* item : {"..", "../elsewhere", ".", "x/../.."}) {
    Command command =
        indexrun("--index 0 --supervise")
            .args({std::get<0>(GetParam()), "--item", item, "--ro", "in/{}", "--exec", probe()})
            .command({probe(), "exit", "0"});
    EXPECT_THAT(command.run(), Refuses({.exit = 197})) << item;
  }
}

TEST_P(Access, AProgramThatCouldNotStartIsRefusedBeforehand) {
  expect_refusal(worker("--ro in").command({probe(), "exit", "0"}),
                 {.exit = 196, .stage = "launch", .object = "--exec", .hint = "--exec " + probe()});
  expect_refusal(worker("--ro in --exec /bin/cat").command({"/bin/cat", "in/file"}),
                 {.exit = 196, .stage = "launch", .object = "--exec", .hint = "/ld-"});
  const std::string script = dir_.write("script", "#!" + probe() + "\n", 0755);
  expect_refusal(worker("--exec .").command({"./script"}),
                 {.exit = 196, .stage = "launch", .object = "--exec", .hint = probe()});
  EXPECT_THAT(worker("--exec /usr --ro in").command({"/bin/cat", "in/file"}).run(),
              Prints("input"));
}

TEST_P(Access, GrandchildrenInheritIt) {
  EXPECT_THAT(worker("--exec /usr --ro in --ro /lib")
                  .command({"sh", "-c", "(cat in/file; cat elsewhere/file || echo denied)"})
                  .run()
                  .out,
              "inputdenied\n");
  Ran again = confined("--ro in --ro /proc")
                  .command({probe(), "exec-again", "reach", "read", "elsewhere/file"})
                  .run();
  EXPECT_EQ(again.out, "read EACCES\n");
}

/// A port of 127.0.0.1 that somebody listens at, or that nobody does.
class Port {
 public:
  explicit Port(bool listening) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_TRUE(!listening || ::listen(fd_, 8) == 0);
    EXPECT_EQ(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    number_ = std::to_string(ntohs(address.sin_port));
  }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  ~Port() { ::close(fd_); }
  [[nodiscard]] const std::string& number() const { return number_; }

 private:
  int fd_;
  std::string number_;
};

TEST_P(Access, OnlyTheNamedPortsAreConnectedTo) {
  const Port heard(true);
  const Port silent(false);
  const Port other(true);
  const std::vector<Words> ways{
      {"connect", heard.number()}, {"connect", silent.number()}, {"connect", other.number()}};
  EXPECT_EQ(reached(worker(""), ways), "connect OK\nconnect ECONNREFUSED\nconnect OK\n");
  EXPECT_EQ(reached(worker("--tcp-connect " + heard.number() + "," + silent.number()), ways),
            "connect OK\nconnect ECONNREFUSED\nconnect EACCES\n");
  EXPECT_EQ(reached(worker("--tcp-connect " + heard.number() + " --tcp-connect " + silent.number()),
                    ways),
            "connect OK\nconnect ECONNREFUSED\nconnect EACCES\n");
  EXPECT_EQ(reached(worker("--tcp-connect none"), ways),
            "connect EACCES\nconnect EACCES\nconnect EACCES\n");
}

TEST_P(Access, OnlyTheNamedPortsAreListenedAt) {
  std::string mine;
  std::string other;
  {
    const Port first(false);
    const Port second(false);
    mine = first.number();
    other = second.number();
  }
  const std::vector<Words> ways{{"bind", mine}, {"bind", other}, {"bind", "0"}};
  EXPECT_EQ(reached(worker(""), ways), "bind OK\nbind OK\nbind OK\n");
  EXPECT_EQ(reached(worker("--tcp-bind " + mine), ways), "bind OK\nbind EACCES\nbind EACCES\n");
  EXPECT_EQ(reached(worker("--tcp-bind none"), ways), "bind EACCES\nbind EACCES\nbind EACCES\n");
}

TEST_P(Access, ConnectingAndListeningAreAskedForApart) {
  const Port heard(true);
  const std::vector<Words> ways{
      {"connect", heard.number()}, {"bind", "0"}, {"read", "elsewhere/file"}};
  EXPECT_EQ(reached(worker("--tcp-connect none"), ways), "connect EACCES\nbind OK\nread OK\n");
  EXPECT_EQ(reached(worker("--tcp-bind none"), ways), "connect OK\nbind EACCES\nread OK\n");
}

TEST_P(Access, WrongPortsAreErrors) {
  for (const char* port :
       {"0", "65536", "abc", "-1", "80x", "80,", ",", "none,80", "0x50", "+80"}) {
    expect_refusal(worker("").args({"--tcp-connect", port}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--tcp-connect"});
    expect_refusal(worker("").args({"--tcp-bind", port}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--tcp-bind"});
  }
  expect_refusal(worker("--tcp-bind none --tcp-bind 80").command(kEcho), {.exit = 196});
  expect_refusal(worker("--tcp-bind 80 --tcp-bind none").command(kEcho), {.exit = 196});
  expect_refusal(worker("--scope signals").command(kEcho),
                 {.exit = 196, .stage = "options", .hint = "did you mean signal?"});
  expect_refusal(worker("--landlock lax").command(kEcho), {.exit = 196, .stage = "options"});
}

TEST_P(Access, ProcessesOutsideAreNotSignalled) {
  const std::vector<Words> ways{{"signal", "self"}, {"signal", "parent"}};
  EXPECT_EQ(reached(worker("--scope signal"), ways), "signal OK\nsignal EPERM\n");
  if (as_root() || std::string(std::get<0>(GetParam())) == "always") {
    EXPECT_EQ(reached(worker(""), ways), "signal OK\nsignal OK\n");
  }
}

TEST_P(Access, TheSupervisorStillSignalsTheProgram) {
  if (std::string(std::get<0>(GetParam())) != "always") {
    return;
  }
  Started started = worker("--scope signal --ro in --exec")
                        .args({probe()})
                        .command({probe(), "record-signals", "1"})
                        .start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  started.send(SIGTERM);
  EXPECT_THAT(started.finish().out, testing::HasSubstr("TERM"));
}

TEST_P(Access, AbstractSocketsOutsideAreNotReached) {
  const std::string name = "indexrun-test-" + std::to_string(::getpid());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path + 1, name.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(fd, 8), 0);
  EXPECT_EQ(reached(worker(""), {{"abstract", name}}), "abstract OK\n");
  EXPECT_EQ(reached(worker("--scope abstract-unix"), {{"abstract", name}}), "abstract EPERM\n");
  EXPECT_EQ(reached(worker("--scope signal"), {{"abstract", name}}), "abstract OK\n");
  ::close(fd);
}

TEST_P(Access, ImpliesNoNewPrivileges) {
  for (const char* words : {"--scope signal", "--tcp-bind none", "--ro /proc --exec"}) {
    Command command = worker(words);
    if (std::string(words).ends_with("--exec")) {
      command.args({probe()});
    }
    EXPECT_THAT(command.command({probe(), "print-status", "NoNewPrivs"}).run(),
                Prints("NoNewPrivs:\t1\n"));
  }
}

TEST_P(Access, GoesWithAFilterAndAnotherUser) {
  EXPECT_EQ(reached(confined("--ro in --seccomp-deny mkdirat"), {{"read", "in/file"}}),
            "read OK\n");
  if (as_root()) {
    EXPECT_EQ(reached(confined("--ro in --user 1234 --cap-drop ALL"),
                      {{"read", "in/file"}, {"read", "elsewhere/file"}}),
              "read OK\nread EACCES\n");
  }
}

TEST_P(Access, EachItemHasItsOwnPaths) {
  if (std::string(std::get<0>(GetParam())) != "always") {
    return;
  }
  Command command = indexrun("--index 0 --items a,b,c --tasks 1 --each -j 2 --rw out/{}/ --exec");
  command.args({probe()}).command(
      {probe(), "reach", "create", "out/{}/own", "then", "reach", "create", "out/a/other-{}"});
  if (is_root() && !as_root()) {
    command.as_user(kStranger);
  }
  Ran ran = command.run();
  EXPECT_THAT(ran, Exits(0));
  for (const char* item : {"a", "b", "c"}) {
    EXPECT_TRUE(dir_.has(std::string("out/") + item + "/own"));
  }
  EXPECT_TRUE(dir_.has("out/a/other-a"));
  EXPECT_FALSE(dir_.has("out/a/other-b"));
  EXPECT_FALSE(dir_.has("out/a/other-c"));
}

TEST_P(Access, ShowNamesThePathsOfTheItem) {
  Command show = indexrun("show --index 0 --item a --ro in/{} --rw out/{index}/ --exec /usr");
  Ran ran = show.args({"--tcp-connect", "80,443", "--scope", "signal"}).command({"cat"}).run();
  EXPECT_THAT(ran.out, testing::HasSubstr("ro       in/a\nrw       out/0/\nexec     /usr\n"
                                          "tcp      connect 80,443\nscope    signal\n"));
  EXPECT_FALSE(dir_.has("out/0"));
}

TEST_P(Access, OneLevelNamesAllPaths) {
  expect_refusal(confined("--ro in").env("INDEXRUN_OPTIONS", "--rw out").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--", .hint = "one level"});
  expect_refusal(confined("--landlock best-effort")
                     .env("INDEXRUN_OPTIONS", "--landlock strict")
                     .command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--landlock"});
  EXPECT_THAT(worker("--landlock strict")
                  .env("INDEXRUN_OPTIONS", "--landlock best-effort --tcp-bind none")
                  .command(kEcho)
                  .run(),
              Prints("ran\n"));
}

/// A system call that fails, by a filter.
void deny_call(long call, int error) {
  static sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  program[1].k = static_cast<unsigned>(call);
  program[2].k = SECCOMP_RET_ERRNO | static_cast<unsigned>(error);
  sock_fprog filter{4, program};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
}

/// A kernel without Landlock, as far as a program can see.
void hide_landlock(int error) {
  deny_call(kCreateRuleset, error);
}

TEST_P(Access, AFilterThatForbidsSocketsIsNoDomainThatFails) {
  for (const long call : {SYS_bind, SYS_connect, SYS_socket}) {
    EXPECT_THAT(worker("--tcp-bind none --tcp-connect none")
                    .in_child([&] { deny_call(call, EPERM); })
                    .command(kEcho)
                    .run(),
                Prints("ran\n"));
  }
}

struct Hidden {
  int error;
  const char* text;
};
constexpr Hidden kHidden[] = {{ENOSYS, "this kernel has no Landlock"},
                              {EOPNOTSUPP, "switched off"},
                              {EPERM, "a system call filter of the container"}};

TEST_P(Access, WithoutLandlockNothingRuns) {
  for (const Hidden& hidden : kHidden) {
    for (const char* words : {"--ro in", "--tcp-bind none", "--scope signal"}) {
      expect_refusal(
          confined(words)
              .in_child([&] { hide_landlock(hidden.error); })
              .command({probe(), "exit", "0"}),
          {.exit = 199, .stage = "confine", .says = {hidden.text}, .hint = "best-effort"});
    }
  }
}

TEST_P(Access, BestEffortRunsAndSaysWhatIsLost) {
  for (const Hidden& hidden : kHidden) {
    Ran ran = confined("--ro in --tcp-bind none --scope signal --landlock best-effort")
                  .in_child([&] { hide_landlock(hidden.error); })
                  .command({probe(), "reach", "read", "elsewhere/file"})
                  .run();
    EXPECT_THAT(ran, Exits(0));
    EXPECT_EQ(ran.out, "read OK\n");
    for (const char* lost : {"files are not confined at all", "any TCP port can be listened at",
                             "processes outside can be sent signals", hidden.text}) {
      EXPECT_THAT(ran.err, testing::HasSubstr(lost));
    }
  }
}

TEST_P(Access, BestEffortSaysNothingWhereAllIsKept) {
  EXPECT_THAT(confined("--ro in --scope signal --landlock best-effort")
                  .command({probe(), "reach", "read", "elsewhere/file"})
                  .run(),
              Prints("read EACCES\n"));
}

TEST_P(Access, TooManyDomainsAreExplained) {
  const auto stack = [] {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const std::uint64_t attributes[3] = {0, 1, 0};  // TCP ports to listen at
    for (int layer = 0; layer < 16; ++layer) {
      const long fd = syscall(kCreateRuleset, attributes, sizeof attributes, 0);
      syscall(446, fd, 0);
      close(static_cast<int>(fd));
    }
  };
  expect_refusal(worker("--tcp-connect none").in_child(stack).command(kEcho),
                 {.exit = 199, .stage = "confine", .hint = "16"});
  EXPECT_THAT(worker("").in_child(stack).command(kEcho).run(), Prints("ran\n"));
}

std::string name_of(const testing::TestParamInfo<std::tuple<const char*, bool>>& info) {
  return std::string(std::get<0>(info.param)) + (std::get<1>(info.param) ? "AsRoot" : "AsAnybody");
}

INSTANTIATE_TEST_SUITE_P(Modes, Access,
                         testing::Combine(testing::Values("never", "always"), testing::Bool()),
                         name_of);

}  // namespace
}  // namespace indexrun::test
