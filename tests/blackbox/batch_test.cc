// SPDX-License-Identifier: Apache-2.0
// --confine batch and the private directories: programs as they are go on working, and what they
// leave behind is gone.
#include "support/blackbox.h"

#include <csignal>
#include <filesystem>
#include <tuple>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr unsigned kStranger = 65534;
constexpr long kCreateRuleset = 444;

class Batch : public Blackbox, public testing::WithParamInterface<std::tuple<const char*, bool>> {
 protected:
  void SetUp() override {
    INDEXRUN_SKIP_UNLESS(::syscall(kCreateRuleset, nullptr, 0, 1U) >= 5, "needs Landlock ABI 5");
    for (const char* name : {"in", "out", "scratch"}) {
      dir_.make_folder(name);
      ::chmod((dir_ / name).c_str(), 0777);
    }
    dir_.write("in/file", "input", 0666);
    ::chmod((dir_ / "in/file").c_str(), 0666);
  }

  [[nodiscard]] static bool as_root() { return std::get<1>(GetParam()) && is_root(); }
  [[nodiscard]] static bool supervised() {
    return std::string(std::get<0>(GetParam())) == "always";
  }

  [[nodiscard]] Command worker(const std::string& words) const {
    Command command =
        indexrun("--index 0 --item a --supervise").args({std::get<0>(GetParam())}).line(words);
    if (is_root() && !as_root()) {
      command.as_user(kStranger);
    }
    return command;
  }
  [[nodiscard]] Ran shell(const std::string& words, const std::string& script) const {
    return worker(words).command({"sh", "-c", script}).run();
  }
  [[nodiscard]] std::size_t scratch() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(dir_ / "scratch"), fs::directory_iterator()));
  }
};

TEST_P(Batch, WritesItsOutputAndNothingElse) {
  Ran ran = shell("--confine batch --rw out",
                  "cat in/file; echo x >out/file && cat out/file; (echo y >in/file) 2>/dev/null || "
                  "echo kept; (echo z >new) 2>/dev/null || echo none");
  EXPECT_THAT(ran, Prints("inputx\nkept\nnone\n"));
  EXPECT_EQ(dir_.read("in/file"), "input");
  EXPECT_FALSE(dir_.has("new"));
  if (as_root()) {
    EXPECT_THAT(shell("", "echo y >in/file; echo z >new"), Prints("")) << "the control";
    EXPECT_TRUE(dir_.has("new"));
  }
}

TEST_P(Batch, HasNoCapabilitiesAndGainsNone) {
  Ran ran =
      worker("--confine batch")
          .command({probe(), "print-status", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs"})
          .run();
  EXPECT_THAT(ran, Prints("CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\n"
                          "CapEff:\t0000000000000000\nCapAmb:\t0000000000000000\n"
                          "NoNewPrivs:\t1\n"));
  if (as_root()) {
    EXPECT_THAT(worker("--confine batch --cap-add CHOWN --user 1234")
                    .command({probe(), "print-status", "CapEff"})
                    .run(),
                Prints("CapEff:\t0000000000000001\n"));
  }
}

TEST_P(Batch, DevicesAndStreamsGoOnWorking) {
  Ran ran =
      shell("--confine batch",
            "echo x >/dev/null && head -c 3 /dev/zero | wc -c; head -c 3 /dev/urandom | wc -c;"
            "cat /proc/self/comm;"
            "echo x >/dev/shm/indexrun-$$ && rm /dev/shm/indexrun-$$ && echo shm");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "3\n3\ncat\nshm\n");
  if (as_root()) {  // the test's pipes are root's own
    Ran streams = shell("--confine batch", "echo out >/dev/stdout; echo err >/dev/stderr");
    EXPECT_EQ(streams.out, "out\n");
    EXPECT_EQ(streams.err, "err\n");
  }
}

TEST_P(Batch, AStreamThatIsAFileIsOpenedAgain) {
  const std::string log = dir_.write("log", "", 0666);
  ::chmod(log.c_str(), 0666);
  Command command = worker("--confine batch").command({"sh", "-c", "echo x >>/dev/stdout"});
  EXPECT_THAT(command.stdout_to(log).run(), Exits(0));
  EXPECT_EQ(dir_.read("log"), "x\n");
}

TEST_P(Batch, NamingPathsNarrowsIt) {
  EXPECT_THAT(shell("--confine batch --exec /usr --exec /bin", "cat in/file"), Prints("input"));
  EXPECT_THAT(worker("--confine batch --exec /usr").command({probe(), "exit", "0"}).run(),
              Refuses({.exit = 196, .stage = "launch", .object = "--exec"}));
  EXPECT_THAT(worker("--confine batch --ro in").command({"cat", "in/file"}).run(),
              Refuses({.exit = 196, .stage = "launch", .object = "--exec"}));
  Ran ran = shell("--confine batch --ro in --exec /usr",
                  "cat in/file; cat /etc/passwd 2>/dev/null || echo hidden; echo x >/dev/null");
  EXPECT_THAT(ran, Prints("inputhidden\n"));
}

TEST_P(Batch, APythonProgramGoesOnWorking) {
  const std::string script = dir_.write("program.py", R"(
import os, subprocess, sys, tempfile, multiprocessing
def double(x): return 2 * x
if __name__ == '__main__':
    with tempfile.NamedTemporaryFile() as f, tempfile.TemporaryDirectory() as d:
        assert f.name.startswith(os.environ['TMPDIR']) and d.startswith(os.environ['TMPDIR'])
        f.write(b'x'); f.flush(); open(d + '/y', 'w').close()
        os.rename(d + '/y', os.environ['TMPDIR'] + '/z')
    assert os.path.expanduser('~').startswith(os.getcwd() + '/scratch/indexrun-')
    assert subprocess.run(['echo', 'sub'], capture_output=True, text=True).stdout == 'sub\n'
    with multiprocessing.Pool(2) as pool:
        assert pool.map(double, [1, 2]) == [2, 4]
    try:
        open('in/file', 'w'); sys.exit('written')
    except PermissionError:
        pass
    open('out/result', 'w').write('done')
    print('fine')
)");
  Ran ran = worker("--confine batch --rw out --private-tmp scratch --private-home scratch")
                .command({"python3", script})
                .run();
  EXPECT_THAT(ran, Prints("fine\n"));
  EXPECT_EQ(dir_.read("out/result"), "done");
  EXPECT_EQ(scratch(), supervised() ? 0U : 2U);
}

TEST_P(Batch, IsToldWithV) {
  Ran ran = worker("-v --confine batch").command(kEcho).run();
  EXPECT_THAT(ran.err, HasSubstr("confine: batch: no capabilities, no new privileges"));
  EXPECT_THAT(ran.err, HasSubstr("Landlock ABI"));
}

TEST_P(Batch, RunsWithoutLandlockAndSaysSo) {
  const auto hide = [] {
    static sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kCreateRuleset, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{4, program};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
  };
  Ran ran = worker("--confine batch --rw out").in_child(hide).command(kEcho).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "ran\n");
  EXPECT_THAT(ran.err, HasSubstr("--confine: not kept: files are not confined at all"));
  for (const char* words : {"--landlock strict", "--exec /usr", "--tcp-bind none"}) {
    expect_refusal(worker("--confine batch").line(words).in_child(hide).command(kEcho),
                   {.exit = 199, .stage = "confine"});
  }
}

TEST_P(Batch, IsNotTakenBack) {
  expect_refusal(worker("--confine none").env("INDEXRUN_OPTIONS", "--confine batch").command(kEcho),
                 {.exit = 196, .stage = "options", .object = "--confine"});
  EXPECT_THAT(worker("--confine batch --rw out")
                  .env("INDEXRUN_OPTIONS", "--confine none")
                  .command(kEcho)
                  .run(),
              Prints("ran\n"));
  EXPECT_THAT(worker("--rw out").env("INDEXRUN_OPTIONS", "--confine batch").command(kEcho).run(),
              Prints("ran\n"));
  expect_refusal(worker("--confine bath").command(kEcho),
                 {.exit = 196, .stage = "options", .hint = "did you mean batch?"});
}

TEST_P(Batch, APrivateDirectoryIsTheProgramsOwn) {
  Ran ran =
      shell("--private-tmp scratch", "stat -c '%a %u' $TMPDIR; echo $TMPDIR; echo x >$TMPDIR/f");
  EXPECT_THAT(ran, Exits(0));
  const std::string uid = as_root() ? "0" : std::to_string(is_root() ? kStranger : ::getuid());
  EXPECT_THAT(ran.out, testing::StartsWith("700 " + uid + "\n" + dir_ / "scratch/indexrun-"));
  EXPECT_EQ(scratch(), supervised() ? 0U : 1U);
}

TEST_P(Batch, APrivateDirectoryBelongsToTheUserThatIsAskedFor) {
  if (!as_root()) {
    return;
  }
  // What is made on the way must let that user through, whatever the umask.
  Ran ran =
      worker("--user 1234:5678 --private-home scratch/deep")
          .in_child([] { ::umask(077); })
          .command({"sh", "-c", "stat -c '%a %u %g' $HOME; echo x >$HOME/f; echo ${TMPDIR-unset}"})
          .run();
  EXPECT_THAT(ran, Prints("700 1234 5678\nunset\n"));
  EXPECT_TRUE(dir_.has("scratch/deep")) << "what it lies in stays";
}

TEST_P(Batch, NothingButThePrivateDirectoryIsRemoved) {
  if (!supervised()) {
    return;
  }
  dir_.write("scratch/mine", "x");
  Ran ran = shell("--private-tmp scratch",
                  "ln -s $PWD/in $TMPDIR/link; ln -s $PWD/in/file $TMPDIR/file; mkdir -p "
                  "$TMPDIR/a/b/c; echo x >$TMPDIR/a/b/c/d; chmod 0 $TMPDIR/a/b/c; chmod 500 "
                  "$TMPDIR/a; mkfifo $TMPDIR/fifo; exit 3");
  EXPECT_THAT(ran, Exits(3));
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(scratch(), 1U) << "mine";
  EXPECT_EQ(dir_.read("in/file"), "input");
}

TEST_P(Batch, WhatTookItsPlaceIsLeftAlone) {
  if (!supervised()) {
    return;
  }
  Ran ran = shell("--private-tmp scratch", "mv $TMPDIR scratch/moved && ln -s $PWD/in $TMPDIR");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.err, HasSubstr("cannot be removed"));
  EXPECT_EQ(dir_.read("in/file"), "input");
  EXPECT_TRUE(dir_.has("scratch/moved"));
}

TEST_P(Batch, NoPrivateDirectoryNoProgram) {
  dir_.write("file", "");
  expect_refusal(worker("--private-tmp file").command(kEcho),
                 {.exit = 198, .stage = "launch", .object = "--private-tmp"});
  expect_refusal(worker("--private-home scratch --env HOME=/x").command(kEcho),
                 {.exit = 196, .stage = "inputs", .object = "--private-home"});
  expect_refusal(worker("--private-tmp {indx}").command(kEcho),
                 {.exit = 196, .stage = "templates", .object = "--private-tmp"});
}

TEST_P(Batch, AProgramThatIsNotFoundLeavesNoPrivateDirectory) {
  EXPECT_THAT(worker("--private-tmp scratch").command({"not-there"}).run(), Exits(127));
  EXPECT_EQ(scratch(), 0U);
}

TEST_P(Batch, EveryAttemptOfAnItemHasItsOwn) {
  if (!supervised()) {
    return;
  }
  Command command = indexrun(
      "--index 0 --items a,b,c,d --tasks 1 --each -j 2 --retries 1 "
      "--backoff 1ms --keep-going --confine batch --rw out --private-tmp");
  command.args({"scratch"})
      .command(
          {"sh", "-c", "ls -A $TMPDIR; echo x >$TMPDIR/f; echo $TMPDIR >>out/{}; exit {attempt}"});
  if (is_root() && !as_root()) {
    command.as_user(kStranger);
  }
  Ran ran = command.run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(scratch(), 0U);
}

TEST_P(Batch, ADirectoryIsRemovedAfterASignalToo) {
  if (!supervised()) {
    return;
  }
  Started started = worker("--private-tmp scratch --confine batch")
                        .command({"sh", "-c", "echo x >$TMPDIR/f; echo ready; exec sleep 600"})
                        .start();
  ASSERT_TRUE(started.wait_for_output("ready"));
  EXPECT_EQ(scratch(), 1U);
  started.send(SIGTERM);
  EXPECT_EQ(started.finish().shell_status(), 128 + SIGTERM);
  EXPECT_EQ(scratch(), 0U);
}

TEST_F(Blackbox, APrivateDirectoryIsAReasonToSupervise) {
  dir_.make_folder("scratch");
  EXPECT_THAT(indexrun("--index 0 --item a --private-tmp scratch").command(kEcho).run(),
              Prints("ran\n"));
  EXPECT_TRUE(fs::is_empty(dir_ / "scratch"));
  Ran show = indexrun("show --index 0 --item a --private-tmp scratch/{} --confine batch")
                 .command(kEcho)
                 .run();
  EXPECT_THAT(show.out, HasSubstr("confine  batch\ntmpdir   a new directory in scratch/a\n"));
}

std::string name_of(const testing::TestParamInfo<std::tuple<const char*, bool>>& info) {
  return std::string(std::get<0>(info.param)) + (std::get<1>(info.param) ? "AsRoot" : "AsAnybody");
}

INSTANTIATE_TEST_SUITE_P(Modes, Batch,
                         testing::Combine(testing::Values("never", "always"), testing::Bool()),
                         name_of);

}  // namespace
}  // namespace indexrun::test
