// SPDX-License-Identifier: Apache-2.0
// indexrun seccomp compile, and the files that it makes.
#include "support/blackbox.h"

#include <string>

#include <sys/prctl.h>

namespace indexrun::test {
namespace {

using testing::HasSubstr;

const std::string kProfile =
    R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[
        {"names":["fchmodat"],"action":"SCMP_ACT_ERRNO","errnoRet":111}]})";

class SeccompCompile : public Blackbox {
 protected:
  [[nodiscard]] Ran compile(const std::string& words) const {
    return indexrun("seccomp compile " + words).run();
  }
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item a " + words);
  }
  [[nodiscard]] Ran tried(const std::string& words) const {
    return worker(words).command({probe(), "try-calls", "fchmodat", "unlinkat"}).run();
  }
};

TEST_F(SeccompCompile, ALaunchLoadsWhatWasCompiled) {
  dir_.write("p.json", kProfile);
  EXPECT_THAT(compile("p.json -o p.filter"), Prints(""));
  const char* expected = "fchmodat ECONNREFUSED\nunlinkat EINVAL\n";
  EXPECT_THAT(tried("--seccomp p.filter"), Prints(expected));
  EXPECT_THAT(tried("--seccomp p.json"), Prints(expected));
}

TEST_F(SeccompCompile, WritesToStandardOutputWithoutAFile) {
  dir_.write("p.json", kProfile);
  ASSERT_THAT(compile("-o p.filter p.json"), Prints(""));
  const Ran ran = compile("p.json");
  EXPECT_THAT(ran, Exits(0));
  EXPECT_EQ(ran.out, dir_.read("p.filter"));
  EXPECT_EQ(compile("p.json").out, ran.out) << "the same bytes each time";
}

TEST_F(SeccompCompile, BuiltInProfilesToo) {
  ASSERT_THAT(compile("batch -o b.filter"), Prints(""));
  EXPECT_THAT(worker("--seccomp b.filter").command({probe(), "try-calls", "bpf"}).run(),
              Prints("bpf EPERM\n"));
}

TEST_F(SeccompCompile, IsForTheCapabilitiesThatItWasCompiledFor) {
  INDEXRUN_SKIP_UNLESS(is_root() && prctl(PR_CAPBSET_READ, 22) == 1, "needs root's capabilities");
  dir_.write("p.json", R"({"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["fchmodat"],
      "action":"SCMP_ACT_ERRNO","errnoRet":111,"excludes":{"caps":["CAP_SYS_BOOT"]}}]})");
  ASSERT_THAT(compile("p.json -o with.filter"), Prints(""));
  ASSERT_THAT(compile("p.json --cap-drop ALL -o without.filter"), Prints(""));
  EXPECT_THAT(tried("--seccomp with.filter"), Prints("fchmodat EFAULT\nunlinkat EINVAL\n"));
  EXPECT_THAT(tried("--cap-drop SYS_BOOT --seccomp without.filter"),
              Prints("fchmodat ECONNREFUSED\nunlinkat EINVAL\n"));
  for (const char* words : {"--seccomp without.filter", "--cap-drop ALL --seccomp with.filter"}) {
    expect_refusal(
        worker(words).command(kEcho),
        {.exit = 199, .stage = "confine", .says = {"other capabilities"}, .hint = "--cap-drop"});
  }
}

TEST_F(SeccompCompile, DamagedFilesAreRefused) {
  dir_.write("p.json", kProfile);
  ASSERT_THAT(compile("p.json -o p.filter"), Prints(""));
  const std::string right = dir_.read("p.filter");
  std::string flipped = right;
  flipped[right.size() / 2] ^= 4;
  std::string lines = right;
  lines.erase(lines.find('\r'), 1);
  for (const std::string& wrong :
       {flipped, lines, right.substr(0, right.size() - 8), right.substr(0, 30), right + right}) {
    dir_.write("p.filter", wrong);
    expect_refusal(
        worker("--seccomp p.filter").command(kEcho),
        {.exit = 196, .stage = "confine", .object = "p.filter", .hint = "make it again"});
  }
}

TEST_F(SeccompCompile, AFailureLeavesTheOldFile) {
  dir_.write("p.json", "{");
  dir_.write("p.filter", "old");
  expect_refusal(indexrun("seccomp compile p.json -o p.filter"),
                 {.exit = 196, .stage = "confine", .object = "p.json:1:"});
  EXPECT_EQ(dir_.read("p.filter"), "old");
}

TEST_F(SeccompCompile, AProfileUnderWhichNothingCouldStartIsNotCompiled) {
  dir_.write("p.json", R"({"defaultAction":"SCMP_ACT_ERRNO"})");
  expect_refusal(indexrun("seccomp compile p.json"),
                 {.exit = 196, .stage = "confine", .object = "p.json", .says = {"execve"}});
}

TEST_F(SeccompCompile, UsageIsChecked) {
  dir_.write("p.json", kProfile);
  for (const char* words :
       {"seccomp", "seccomp complie p.json", "seccomp compile", "seccomp compile a b",
        "seccomp compile p.json --user 1", "seccomp compile p.json -o"}) {
    expect_refusal(indexrun(words), {.exit = 196, .stage = "options"});
  }
  EXPECT_THAT(indexrun("seccomp compile p.json --help").run().out,
              HasSubstr("Usage: indexrun seccomp compile PROFILE"));
}

TEST_F(SeccompCompile, TheNameMayStillBeAProgram) {
  const Ran ran = indexrun("--index 0 --item a -- seccomp compile").run();
  EXPECT_THAT(ran, Exits(127));
}

}  // namespace
}  // namespace indexrun::test
