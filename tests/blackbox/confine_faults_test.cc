// SPDX-License-Identifier: Apache-2.0
// Each step of confinement under a kernel that refuses it, and under one that says yes and does
// nothing: the program never starts.
#include "support/blackbox.h"
#include "support/faulty_call.h"

#include <cerrno>
#include <ostream>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

struct Fault {
  const char* what;
  const char* options;
  FaultyCall call;

  friend std::ostream& operator<<(std::ostream& stream, const Fault& fault) {
    return stream << fault.what;
  }
};

constexpr const char* kUser = "--user 1234:5678 --groups 7";

const Fault kFaults[] = {
    {"setgroups", kUser, {.number = SYS_setgroups}},
    {"setresgid", kUser, {.number = SYS_setresgid}},
    {"setresuid", kUser, {.number = SYS_setresuid}},
    {"bounding set", "--cap-drop ALL", {.number = SYS_prctl, .first_argument = PR_CAPBSET_DROP}},
    {"keep capabilities",
     "--user 1234 --cap-add net_raw",
     {.number = SYS_prctl, .first_argument = PR_SET_KEEPCAPS}},
    {"capset", "--cap-drop net_raw", {.number = SYS_capset}},
    {"ambient",
     "--user 1234 --cap-add net_raw",
     {.number = SYS_prctl, .first_argument = PR_CAP_AMBIENT}},
    {"securebits",
     "--securebits noroot",
     {.number = SYS_prctl, .first_argument = PR_SET_SECUREBITS}},
    {"no_new_privs",
     "--no-new-privs",
     {.number = SYS_prctl, .first_argument = PR_SET_NO_NEW_PRIVS}},
    {"limit", "--limit nofile=64:64", {.number = SYS_prlimit64, .only_with_third = true}},
    {"nice", "--nice 7", {.number = SYS_setpriority}},
    {"processors", "--cpus 0", {.number = SYS_sched_setaffinity}},
};

class Faults : public Blackbox, public testing::WithParamInterface<std::tuple<const char*, Fault>> {
 protected:
  void SetUp() override { INDEXRUN_SKIP_UNLESS(is_root(), "giving up rights needs root"); }

  [[nodiscard]] static const Fault& fault() { return std::get<1>(GetParam()); }

  [[nodiscard]] Command worker() const {
    return indexrun("--index 0 --item a --supervise")
        .args({std::get<0>(GetParam())})
        .line(fault().options)
        .command(kEcho);
  }

  [[nodiscard]] Command faulty(int error) const {
    FaultyCall call = fault().call;
    call.error = error;
    // The address sanitizer would meet the fault first: it sets a limit when it starts.
    return worker().env("ASAN_OPTIONS", "disable_coredump=0:detect_leaks=0").in_child([call] {
      if (!make_faulty(call)) {
        _exit(98);
      }
    });
  }
};

// The rare errno shows that it is our fault that is told, and no other.
TEST_P(Faults, ARefusedStepIsTold) {
  EXPECT_THAT(worker().run(), Prints("ran\n")) << "positive control";
  Ran ran = faulty(EXFULL).run();
  EXPECT_THAT(ran, Refuses({.exit = 199, .stage = "confine", .says = {"Exchange full"}}));
}

TEST_P(Faults, AStepThatIsNotDoneIsNoticed) {
  Ran ran = faulty(0).run();
  EXPECT_THAT(ran, Refuses({.exit = 199, .stage = "confine"}));
  EXPECT_EQ(ran.out, "");
}

INSTANTIATE_TEST_SUITE_P(Steps, Faults,
                         testing::Combine(testing::Values("never", "always"),
                                          testing::ValuesIn(kFaults)));

}  // namespace
}  // namespace indexrun::test
