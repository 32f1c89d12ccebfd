// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/profile.h"

#include "filtered.h"

#include <cerrno>
#include <string>

#include <linux/capability.h>
#include <sys/syscall.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kEperm = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kEnosys = SECCOMP_RET_ERRNO | ENOSYS;

Compiled need(std::string_view text, const Circumstances& circumstances = kAnyKernel) {
  auto compiled = compile_text(text, circumstances);
  EXPECT_TRUE(compiled) << text << "\n" << compiled.error().message();
  return compiled ? std::move(compiled).value() : Compiled{};
}

/// A deny-by-default profile in which these members stand beside the names.
std::string allowing(std::string_view members) {
  return profile_of(
      std::string(R"({"names":["chmod"],"action":"SCMP_ACT_ALLOW",)").append(members).append("}"),
      "SCMP_ACT_ERRNO");
}

TEST(ReadProfile, RefusesWhatIsNoStrictJsonWithItsPlace) {
  std::string deep = profile_of("");
  deep.insert(deep.size() - 2, std::string(17, '[') + std::string(17, ']'));
  struct Row {
    std::string text;
    const char* place;
    const char* says;
  };
  const Row rows[] = {
      {"", "profile.json:1:1", "not valid JSON"},
      {"{\n  \"defaultAction\":", "profile.json:2:19", "unexpected end of input"},
      {"{\"defaultAction\":\"SCMP_ACT_LOG\",}", "profile.json:1:33", "expected string literal"},
      {"{\"defaultAction\":\"SCMP_ACT_LOG\"} x", "profile.json:1:34", "expected end of input"},
      {"{\"defaultAction\":\"SCMP_ACT_LOG\"}{}", "profile.json:1:33", "expected end of input"},
      {"{\"defaultAction\":\"SCMP_ACT_LOG\",\n\"defaultAction\":\"SCMP_ACT_LOG\"}",
       "profile.json:2:1", "'defaultAction' a second time"},
      {"\xef\xbb\xbf{}", "profile.json:1:1", "byte order mark"},
      {std::string("{\n\0}", 4), "profile.json:2:1", "NUL"},
      {"{'defaultAction':1}", "profile.json:1:2", "not valid JSON"},
      {"{} // x", "profile.json:1:4", "expected end of input"},
      {"{\"x\":\"\xff\"}", "profile.json:1:7", "not valid JSON"},
      {"[1]", "profile.json:1:1", "found a list, expected an object"},
      {deep, "profile.json:1:", "nested more than 16"},
  };
  for (const Row& row : rows) {
    const auto profile = compile_text(row.text);
    ASSERT_FALSE(profile) << row.text;
    EXPECT_EQ(profile.error().failure, Failure::kConfig);
    EXPECT_THAT(profile.error().object, StartsWith(row.place)) << row.text;
    EXPECT_THAT(profile.error().problem, HasSubstr(row.says)) << row.text;
  }
}

TEST(ReadProfile, RefusesWhatMeansNothingWithItsPlace) {
  struct Row {
    std::string text;
    const char* at;  ///< the text at the place
    const char* says;
    const char* hint;
  };
  const std::string native = "\"architectures\":[\"SCMP_ARCH_X86\"],";
  const Row rows[] = {
      {"{}", "{", "has no 'defaultAction'", ""},
      {R"({"defaultAction":"SCMP_ACT_ALOW"})", "\"SCMP_ACT_ALOW\"", "unknown action",
       "SCMP_ACT_ALLOW"},
      {R"({"defaultAction":1})", "1}", "a number, expected a string", ""},
      {R"({"defaultaction":"SCMP_ACT_LOG"})", "\"defaultaction\"", "unknown key", "defaultAction"},
      {R"({"defaultAction":"SCMP_ACT_LOG","defaultErrnoRet":1})", "1}", "an errno with", ""},
      {R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":4095})", "4095", "0 to 4094", ""},
      {R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":-1})", "-1", "whole number", ""},
      {R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrno":"EPREM"})", "\"EPREM\"", "EPREM", ""},
      {R"({"defaultAction":"SCMP_ACT_NOTIFY"})", "\"SCMP_ACT_NOTIFY\"", "wait for ever",
       "SCMP_ACT_ERRNO"},
      {R"({"defaultAction":"SCMP_ACT_TRACE"})", "\"SCMP_ACT_TRACE\"", "there is none", "38"},
      {R"({"defaultAction":"SCMP_ACT_LOG","listenerPath":"/a"})", "\"/a\"", "listenerPath",
       "NOTIFY"},
      {R"({"defaultAction":"SCMP_ACT_LOG","flags":["SECCOMP_FILTER_FLAG_LOGG"]})",
       "\"SECCOMP_FILTER_FLAG_LOGG\"", "unknown flag", "SECCOMP_FILTER_FLAG_LOG"},
      {R"({"defaultAction":"SCMP_ACT_LOG","architectures":["SCMP_ARCH_X86_46"]})",
       "\"SCMP_ARCH_X86_46\"", "unknown architecture", "SCMP_ARCH_X86_64"},
      {R"({"defaultAction":"SCMP_ACT_LOG",)" + native +
           R"("archMap":[{"architecture":"SCMP_ARCH_X86_64"}]})",
       "[{\"arch", "archMap beside architectures", "remove one"},
      {allowing(R"("name":"kill")"), "\"kill\"", "'name' beside 'names'", ""},
      {allowing(R"("args":[{"index":6,"value":1,"op":"SCMP_CMP_EQ"}])"), "6,", "0 to 5", ""},
      {allowing(R"("args":[{"index":0,"value":1.5,"op":"SCMP_CMP_EQ"}])"), "1.5", "whole", ""},
      {allowing(R"("args":[{"index":0,"value":18446744073709551616,"op":"SCMP_CMP_EQ"}])"),
       "18446744073709551616", "18446744073709551615", ""},
      {allowing(R"("args":[{"index":0,"value":1,"op":"SCMP_CMP_EG"}])"), "\"SCMP_CMP_EG\"",
       "unknown operator", "SCMP_CMP_"},
      {allowing(R"("args":[{"index":0,"value":1,"valueTwo":2,"op":"SCMP_CMP_EQ"}])"), "2,",
       "valueTwo", "MASKED_EQ"},
      {allowing(R"("args":[{"index":0,"value":1,"valueTwo":2,"op":"SCMP_CMP_MASKED_EQ"}])"), "2,",
       "never hold", "mask"},
      {allowing(R"("args":[{"index":0,"value":1,"op":"SCMP_CMP_NE"},
                   {"index":0,"value":2,"op":"SCMP_CMP_NE"}])"),
       "{\"index\":0,\"value\":2", "AND and others as OR", "an entry for each"},
      {allowing(R"("includes":{"caps":["SYS_ADMIN"]})"), "\"SYS_ADMIN\"", "capability", "CAP_"},
      {allowing(R"("includes":{"caps":["CAP_SYS_ADMNI"]})"), "\"CAP_SYS_ADMNI\"",
       "unknown capability", "sys_admin"},
      {allowing(R"("includes":{"arches":["amd46"]})"), "\"amd46\"", "unknown architecture",
       "amd64"},
      {allowing(R"("includes":{"minKernel":"5"})"), "\"5\"", "MAJOR.MINOR", ""},
      {allowing(R"("excluds":{})"), "\"excluds\"", "unknown key", "excludes"},
      {profile_of(R"({"action":"SCMP_ACT_LOG"})"), "{\"action", "has no 'names'", ""},
      {profile_of(R"({"names":["chmod"]})"), "{\"names", "has no 'action'", ""},
      {profile_of(R"({"names":[""],"action":"SCMP_ACT_LOG"})"), "\"\"]", "an empty string", ""},
      {profile_of(R"({"names":["mount","umonut"],"action":"SCMP_ACT_ERRNO"})"), "\"umonut\"",
       "unknown system call 'umonut'", "umount"},
  };
  for (const Row& row : rows) {
    const auto profile = compile_text(row.text);
    ASSERT_FALSE(profile) << row.text;
    EXPECT_EQ(profile.error().failure, Failure::kConfig) << row.text;
    EXPECT_EQ(profile.error().object,
              JsonSource({"profile.json", row.text}).place(row.text.find(row.at)))
        << row.text;
    EXPECT_THAT(profile.error().problem, HasSubstr(row.says)) << row.text;
    EXPECT_THAT(profile.error().hint, HasSubstr(row.hint)) << row.text;
  }
}

TEST(ReadProfile, JudgesEntriesThatDoNotApplyHere) {
  EXPECT_FALSE(compile_text(
      allowing(R"("includes":{"minKernel":"99.0"},"args":[{"index":9,"op":"SCMP_CMP_EQ"}])")));
}

TEST(ReadProfile, TakesNullAndEmptyForAbsent) {
  const Compiled profile = need(
      R"({"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":null,"architectures":null,
          "archMap":[],"flags":null,"listenerPath":"","syscalls":[
          {"name":"","names":["chmod"],"action":"SCMP_ACT_ALLOW","errnoRet":null,"args":null,
           "comment":"","includes":{},"excludes":null},
          {"names":[],"action":"SCMP_ACT_ALLOW"}]})");
  EXPECT_EQ(profile.answer(SYS_chmod), kAllow);
  EXPECT_EQ(profile.answer(SYS_read), kEperm);
}

TEST(ReadProfile, KnowsEveryAction) {
  struct Row {
    const char* members;
    std::uint32_t expected;
  };
  const Row rows[] = {
      {R"("action":"SCMP_ACT_KILL")", SECCOMP_RET_KILL_THREAD},
      {R"("action":"SCMP_ACT_KILL_THREAD")", SECCOMP_RET_KILL_THREAD},
      {R"("action":"SCMP_ACT_KILL_PROCESS")", SECCOMP_RET_KILL_PROCESS},
      {R"("action":"SCMP_ACT_TRAP")", SECCOMP_RET_TRAP},
      {R"("action":"SCMP_ACT_LOG")", SECCOMP_RET_LOG},
      {R"("action":"SCMP_ACT_ERRNO")", kEperm},
      {R"("action":"SCMP_ACT_ERRNO","errnoRet":0)", SECCOMP_RET_ERRNO},
      {R"("action":"SCMP_ACT_ERRNO","errnoRet":4094)", SECCOMP_RET_ERRNO | 4094},
      {R"("action":"SCMP_ACT_ERRNO","errnoRet":1,"errno":"ENOSYS")", kEnosys},
      {R"("action":"SCMP_ACT_ERRNO","errno":"111")", SECCOMP_RET_ERRNO | ECONNREFUSED},
      {R"("action":"SCMP_ACT_ERRNO","errno":"ENOTSUP")", SECCOMP_RET_ERRNO | EOPNOTSUPP},
  };
  for (const Row& row : rows) {
    const Compiled profile =
        need(profile_of(std::string(R"({"names":["chmod"],)") + row.members + "}"));
    EXPECT_EQ(profile.answer(SYS_chmod), row.expected) << row.members;
    EXPECT_EQ(profile.answer(SYS_fchmod), kAllow) << row.members;
  }
}

TEST(ReadProfile, KnowsEveryOperatorWith64Bits) {
  constexpr std::uint64_t kBig = 0x1234'5678'9ABC'DEF0;
  struct Row {
    const char* op;
    bool below;
    bool equal;
    bool above;
  };
  const Row rows[] = {
      {"NE", true, false, true},  {"LT", true, false, false}, {"LE", true, true, false},
      {"EQ", false, true, false}, {"GE", false, true, true},  {"GT", false, false, true},
  };
  for (const Row& row : rows) {
    const Compiled profile = need(profile_of(
        std::string(R"({"names":["kill"],"action":"SCMP_ACT_ERRNO","args":[{"index":1,"value":)") +
        std::to_string(kBig) + R"(,"op":"SCMP_CMP_)" + row.op + R"("}]})"));
    const auto denied = [&](std::uint64_t value) {
      return profile.answer(SYS_kill, {0, value}) == kEperm;
    };
    EXPECT_EQ(denied(kBig - 1), row.below) << row.op;
    EXPECT_EQ(denied(kBig), row.equal) << row.op;
    EXPECT_EQ(denied(kBig + 1), row.above) << row.op;
    EXPECT_EQ(denied(kBig & 0xFFFF'FFFF), row.below) << row.op;
  }
}

TEST(ReadProfile, MasksArguments) {
  const Compiled profile = need(profile_of(
      R"({"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":1,"value":281470681743375,"valueTwo":4294967297,
                   "op":"SCMP_CMP_MASKED_EQ"}]})"));
  EXPECT_EQ(profile.answer(SYS_kill, {0, 0x0000'0001'0000'0001}), kEperm);
  EXPECT_EQ(profile.answer(SYS_kill, {0, 0xFFFF'0001'FFFF'0001}), kEperm);
  EXPECT_EQ(profile.answer(SYS_kill, {0, 0x0000'0001'0000'0000}), kAllow);
  EXPECT_EQ(profile.answer(SYS_kill, {0, 0x0000'0000'0000'0001}), kAllow);
}

TEST(ReadProfile, TakesTheLargestValueExactly) {
  const Compiled profile = need(profile_of(
      R"({"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":0,"value":18446744073709551615,"op":"SCMP_CMP_EQ"}]})"));
  EXPECT_EQ(profile.answer(SYS_kill, {~std::uint64_t{0}}), kEperm);
  EXPECT_EQ(profile.answer(SYS_kill, {~std::uint64_t{0} - 1}), kAllow);
  EXPECT_EQ(profile.answer(SYS_kill, {0xFFFF'FFFF}), kAllow);
}

TEST(ReadProfile, ConditionsOfOneEntryAreAndOfSeveralOr) {
  const Compiled profile = need(profile_of(
      R"({"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":0,"value":1,"op":"SCMP_CMP_EQ"},{"index":1,"value":9,"op":"SCMP_CMP_EQ"}]},
         {"names":["kill"],"action":"SCMP_ACT_ERRNO",
          "args":[{"index":1,"value":15,"op":"SCMP_CMP_EQ"}]})"));
  EXPECT_EQ(profile.answer(SYS_kill, {1, 9}), kEperm);
  EXPECT_EQ(profile.answer(SYS_kill, {2, 9}), kAllow);
  EXPECT_EQ(profile.answer(SYS_kill, {1, 8}), kAllow);
  EXPECT_EQ(profile.answer(SYS_kill, {2, 15}), kEperm);
}

TEST(ReadProfile, TheFirstUnconditionalRuleWins) {
  const Compiled profile = need(profile_of(
      R"({"names":["kill"],"action":"SCMP_ACT_KILL_PROCESS",
          "args":[{"index":1,"value":9,"op":"SCMP_CMP_EQ"}]},
         {"names":["kill"],"action":"SCMP_ACT_ERRNO","errnoRet":5},
         {"names":["kill"],"action":"SCMP_ACT_ERRNO","errnoRet":6})"));
  EXPECT_EQ(profile.answer(SYS_kill, {1, 9}), SECCOMP_RET_ERRNO | 5);
  EXPECT_EQ(profile.answer(SYS_kill), SECCOMP_RET_ERRNO | 5);
}

TEST(ReadProfile, IncludesAndExcludesFollowTheCircumstances) {
  const std::uint64_t boot = std::uint64_t{1} << CAP_SYS_BOOT;
  const std::uint64_t admin = std::uint64_t{1} << CAP_SYS_ADMIN;
  struct Row {
    const char* members;
    std::uint64_t bounding;
    bool allowed;
  };
  const Row rows[] = {
    {R"("includes":{"caps":["CAP_SYS_BOOT"]})", boot, true},
    {R"("includes":{"caps":["CAP_SYS_BOOT"]})", admin, false},
    {R"("includes":{"caps":["CAP_SYS_BOOT","CAP_SYS_ADMIN"]})", boot, false},
    {R"("includes":{"caps":["CAP_SYS_BOOT","CAP_SYS_ADMIN"]})", boot | admin, true},
    {R"("excludes":{"caps":["CAP_SYS_BOOT","CAP_SYS_ADMIN"]})", boot, false},
    {R"("excludes":{"caps":["CAP_SYS_BOOT","CAP_SYS_ADMIN"]})", 0, true},
    {R"("includes":{"minKernel":"99.0"})", 0, false},
    {R"("includes":{"minKernel":"6.1"})", 0, true},
    {R"("includes":{"minKernel":"6.2"})", 0, false},
    {R"("includes":{"minKernel":"4.8"})", 0, true},
    {R"("excludes":{"minKernel":"4.8"})", 0, false},
    {R"("excludes":{"minKernel":"99.0"})", 0, true},
#if defined(__x86_64__)
    {R"("includes":{"arches":["amd64"]})", 0, true},
    {R"("includes":{"arches":["arm64","ppc64le"]})", 0, false},
    {R"("includes":{"arches":["x32","x86"]})", 0, false},
    {R"("excludes":{"arches":["arm64","amd64"]})", 0, false},
    {R"("includes":{"arches":["amd64"],"caps":["CAP_SYS_BOOT"]})", 0, false},
    {R"("excludes":{"arches":["arm64"],"caps":["CAP_SYS_BOOT"]})", boot, false},
#endif
  };
  for (const Row& row : rows) {
    const Compiled profile =
        need(allowing(row.members), {.bounding = row.bounding, .kernel = {6, 1}});
    EXPECT_EQ(profile.answer(SYS_chmod), row.allowed ? kAllow : kEperm) << row.members;
  }
}

TEST(ReadProfile, RemembersWhatItWasDecidedBy) {
  const std::string text = profile_of(
      R"({"names":["chmod"],"action":"SCMP_ACT_ERRNO","includes":{"caps":["CAP_SYS_BOOT"]}},
         {"names":["chmod"],"action":"SCMP_ACT_ERRNO","includes":{"minKernel":"4.8"}},
         {"names":["chmod"],"action":"SCMP_ACT_ERRNO","includes":{"minKernel":"6.9"}})");
  const std::uint64_t boot = std::uint64_t{1} << CAP_SYS_BOOT;
  const auto profile =
      read_profile({"profile.json", text}, {.bounding = boot | 1, .kernel = {6, 1}});
  ASSERT_TRUE(profile);
  const Decided& decided = profile->decided;
  EXPECT_TRUE(decided.holds({.bounding = boot, .kernel = {4, 8}}));
  EXPECT_TRUE(decided.holds({.bounding = boot | 2, .kernel = {6, 8}}));
  EXPECT_FALSE(decided.holds({.bounding = 1, .kernel = {6, 1}}));
  EXPECT_FALSE(decided.holds({.bounding = boot, .kernel = {4, 7}}));
  EXPECT_FALSE(decided.holds({.bounding = boot, .kernel = {6, 9}}));
}

TEST(ReadProfile, CallsNewerThanTheProfileGetEnosys) {
  const std::string entry = R"({"names":["chmod","mseal","openat2"],"action":"SCMP_ACT_ALLOW"})";
  const Compiled profile = need(profile_of(entry, "SCMP_ACT_ERRNO"));
  EXPECT_EQ(profile.answer(462), kAllow);
  EXPECT_EQ(profile.answer(463), kEnosys);
  EXPECT_EQ(profile.answer(100'000), kEnosys);
  EXPECT_EQ(profile.answer(425), kEperm);
  const Compiled killing = need(profile_of(entry, "SCMP_ACT_KILL_PROCESS"));
  EXPECT_EQ(killing.answer(463), kEnosys);
  EXPECT_EQ(killing.answer(425), SECCOMP_RET_KILL_PROCESS);
  const Compiled logging =
      need(profile_of(R"({"names":["chmod"],"action":"SCMP_ACT_ERRNO"})", "SCMP_ACT_LOG"));
  EXPECT_EQ(logging.answer(463), SECCOMP_RET_LOG);
  const Compiled none = need(R"({"defaultAction":"SCMP_ACT_ERRNO"})");
  EXPECT_EQ(none.answer(463), kEperm);
}

#if defined(__x86_64__)
TEST(ReadProfile, ListsTheInterfaces) {
  const std::string entry = R"("syscalls":[{"names":["chmod"],"action":"SCMP_ACT_ERRNO"}]})";
  const std::string start = R"({"defaultAction":"SCMP_ACT_ALLOW",)";
  const auto i386 = [](const Compiled& profile, long number) {
    return profile.answer(number, {}, AUDIT_ARCH_I386);
  };
  const Compiled native = need(start + entry);
  EXPECT_EQ(i386(native, 15), SECCOMP_RET_KILL_THREAD);
  EXPECT_EQ(native.answer(0x40000000 | SYS_chmod), SECCOMP_RET_KILL_THREAD);
  const Compiled old =
      need(start + R"("architectures":["SCMP_ARCH_X86","SCMP_ARCH_ARM"],)" + entry);
  EXPECT_EQ(i386(old, 15), kEperm);
  EXPECT_EQ(i386(old, 20), kAllow);
  EXPECT_EQ(old.answer(SYS_chmod), kEperm);
  const Compiled map = need(start + R"("archMap":[
      {"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_X86"]},
      {"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X32"]}],)" +
                            entry);
  EXPECT_EQ(i386(map, 15), SECCOMP_RET_KILL_THREAD);
  EXPECT_EQ(map.answer(0x40000000 | SYS_chmod), kEperm);
  const Compiled other =
      need(start + R"("archMap":[{"architecture":"SCMP_ARCH_AARCH64","subArchitectures":null}],)" +
           entry);
  EXPECT_EQ(i386(other, 15), SECCOMP_RET_KILL_THREAD);
  EXPECT_EQ(other.answer(SYS_chmod), kEperm);
}

/// Their arguments are in memory: a condition that cannot be looked at must not allow the call.
TEST(ReadProfile, MultiplexedCallsOfI386AreNoWayAround) {
  const Compiled profile = need(
      R"({"defaultAction":"SCMP_ACT_ERRNO","architectures":["SCMP_ARCH_X86"],"syscalls":[
          {"names":["socket"],"action":"SCMP_ACT_ALLOW",
           "args":[{"index":0,"value":1,"op":"SCMP_CMP_EQ"}]},
          {"names":["bind","shmget"],"action":"SCMP_ACT_ALLOW"}]})");
  const auto i386 = [&](long number, std::array<std::uint64_t, 6> arguments) {
    return profile.answer(number, arguments, AUDIT_ARCH_I386);
  };
  EXPECT_EQ(i386(359, {1}), kAllow);
  EXPECT_EQ(i386(359, {2}), kEperm);
  EXPECT_EQ(i386(102, {1}), kEperm);
  EXPECT_EQ(i386(102, {2}), kAllow);
  EXPECT_EQ(i386(117, {23}), kAllow);
  EXPECT_EQ(i386(117, {21}), kEperm);
}
#endif

TEST(ReadProfile, AskedForFlagsAreLoaded) {
  const auto flags = [](const std::string& member) {
    const std::string text = R"({"defaultAction":"SCMP_ACT_ALLOW")" + member + "}";
    const auto profile = read_profile({"profile.json", text}, kAnyKernel);
    return profile ? profile->flags : 0xFFFF;
  };
  EXPECT_EQ(flags(""), SECCOMP_FILTER_FLAG_SPEC_ALLOW);
  EXPECT_EQ(flags(R"(,"flags":null)"), SECCOMP_FILTER_FLAG_SPEC_ALLOW);
  EXPECT_EQ(flags(R"(,"flags":[])"), 0U);
  EXPECT_EQ(flags(R"(,"flags":["SECCOMP_FILTER_FLAG_TSYNC","SECCOMP_FILTER_FLAG_LOG"])"),
            SECCOMP_FILTER_FLAG_LOG);
}

TEST(ReadProfile, PassesOverUnknownCallsWhereTheyOnlyAllow) {
  const Compiled profile = need(profile_of(
      R"({"names":["chmod","no_such_call","s390_pci_mmio_read"],"action":"SCMP_ACT_ALLOW"})",
      "SCMP_ACT_ERRNO"));
  EXPECT_EQ(profile.answer(SYS_chmod), kAllow);
}

TEST(ParseKernelVersion, TakesTheFirstTwoNumbers) {
  EXPECT_EQ(parse_kernel_version("6.1.0-13-amd64"), (KernelVersion{6, 1}));
  EXPECT_EQ(parse_kernel_version("4.8"), (KernelVersion{4, 8}));
  EXPECT_EQ(parse_kernel_version("5.15-rc1"), (KernelVersion{5, 15}));
  for (const char* text : {"", "4", "4.", ".8", "x", "99999.1", "123456.1", "-1.2"}) {
    EXPECT_FALSE(parse_kernel_version(text)) << text;
  }
}

}  // namespace
}  // namespace indexrun::confine
