// SPDX-License-Identifier: Apache-2.0
// Inherited descriptors: kept from the program, or passed on, in both modes and on kernels that
// know no close_range(2).
#include "support/blackbox.h"
#include "support/faulty_call.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

/// Opens what the test inherited to us: these numbers, none close-on-exec.
void open_some() {
  for (const int fd : {5, 7, 300}) {
    const int null = open("/dev/null", O_RDONLY);
    if (null < 0 || (null != fd && dup2(null, fd) != fd)) {
      _exit(98);
    }
    if (null != fd) {
      close(null);
    }
  }
}

class Descriptors : public Blackbox, public testing::WithParamInterface<const char*> {
 protected:
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a --supervise")
        .args({GetParam()})
        .line(words)
        .command({probe(), "print-fds"})
        .in_child(open_some);
  }
};

TEST_P(Descriptors, AllArePassedOnUnlessAsked) {
  EXPECT_THAT(worker("").run(), Prints("0 1 2 5 7 300\n"));
}

TEST_P(Descriptors, NoneIsPassedOn) {
  EXPECT_THAT(worker("--close-fds").run(), Prints("0 1 2\n"));
}

TEST_P(Descriptors, TheNamedOnesArePassedOn) {
  EXPECT_THAT(worker("--close-fds --keep-fd 7").run(), Prints("0 1 2 7\n"));
  EXPECT_THAT(worker("--keep-fd 300,5").run(), Prints("0 1 2 5 300\n"));
  EXPECT_THAT(worker("--keep-fd 7 --keep-fd 5 --keep-fd 7").run(), Prints("0 1 2 5 7\n"));
}

TEST_P(Descriptors, WithoutTheNewSystemCall) {
  for (const int error : {ENOSYS, EINVAL, EPERM}) {
    Command run = worker("--keep-fd 7").in_child([error] {
      if (!make_faulty({.number = SYS_close_range, .error = error})) {
        _exit(98);
      }
    });
    EXPECT_THAT(run.run(), Prints("0 1 2 7\n")) << error;
  }
}

TEST_P(Descriptors, ASystemCallThatLiesIsFoundOut) {
  Command run = worker("--close-fds").in_child([] {
    if (!make_faulty({.number = SYS_close_range, .error = 0})) {
      _exit(98);
    }
  });
  EXPECT_THAT(run.run(), Refuses({.exit = 199, .stage = "confine", .object = "--close-fds"}));
}

TEST_P(Descriptors, ADescriptorThatIsNotThereIsAnError) {
  expect_refusal(worker("--keep-fd 6"),
                 {.exit = 196, .stage = "confine", .object = "--keep-fd", .says = {"6"}});
  for (const char* text : {"2", "0", "-1", "x", "5,", "99999999999"}) {
    expect_refusal(indexrun("--index 0 --item a --keep-fd").args({text}).command(kEcho),
                   {.exit = 196, .stage = "options", .object = "--keep-fd"});
  }
}

TEST_P(Descriptors, OneOfOurOwnIsNotTakenForInherited) {
  // The list is open while descriptors are judged, under some number from 3.
  dir_.write("list", "a\n");
  for (const char* number : {"3", "4", "6"}) {
    Command run = indexrun("-f list --index 0 --keep-fd").args({number}).command(kEcho);
    EXPECT_THAT(run.run(), Exits(196)) << number;
  }
}

TEST_P(Descriptors, ALevelThatClosesIsNotLoosened) {
  Command loose = worker("--keep-fd 7").env("INDEXRUN_OPTIONS", "--close-fds");
  EXPECT_THAT(loose.run(), Refuses({.exit = 196, .stage = "options", .hint = "loosens"}));
  Command tight = worker("--close-fds").env("INDEXRUN_OPTIONS", "--keep-fd 7");
  EXPECT_THAT(tight.run(), Prints("0 1 2\n"));
  Command same = worker("--keep-fd 7").env("INDEXRUN_OPTIONS", "--keep-fd 5,7");
  EXPECT_THAT(same.run(), Prints("0 1 2 7\n"));
}

TEST_P(Descriptors, TheReportOfAFailureStillArrives) {
  Command run = indexrun("--index 0 --item a --close-fds --supervise").args({GetParam()});
  EXPECT_THAT(run.command({"/dev/null"}).run(), Refuses({.exit = 126, .stage = "launch"}));
}

INSTANTIATE_TEST_SUITE_P(Modes, Descriptors, testing::Values("never", "always"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(Blackbox, EachItemGetsTheKeptDescriptorAndNoOther) {
  Command run = indexrun("--item a --item b --tasks 1 --index 0 --each --keep-fd 7")
                    .command({probe(), "print-fds"})
                    .in_child(open_some);
  EXPECT_THAT(run.run(), Prints("0 1 2 7\n0 1 2 7\n"));
}

}  // namespace
}  // namespace indexrun::test
