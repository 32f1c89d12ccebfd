// SPDX-License-Identifier: Apache-2.0
#include "confine/failure.h"

#include "confine/limits.h"

#include <cerrno>
#include <string>

#include <sys/resource.h>

namespace indexrun::confine {
namespace {

/// What each step is for, and what is wrong when it fails.
struct Row {
  Step step;
  std::string_view option;
  std::string_view problem;
};

// In the order of Step.
constexpr Row kRows[] = {
    {Step::kNone, "", "nothing failed"},
    {Step::kDescriptors, "--close-fds", "cannot keep descriptors from the program"},
    {Step::kOomScore, "--oom-score-adj", "cannot set the score of the out-of-memory killer"},
    {Step::kNice, "--nice", "cannot set the nice value"},
    {Step::kCpus, "--cpus", "cannot choose the processors"},
    {Step::kLimit, "--limit", "cannot set the limit"},
    {Step::kBounding, "--cap-drop", "cannot drop from the bounding set"},
    {Step::kKeepCaps, "--cap-drop", "cannot keep capabilities over a change of user"},
    {Step::kGroups, "--user", "cannot set the supplementary groups"},
    {Step::kGid, "--user", "cannot change the group id"},
    {Step::kUid, "--user", "cannot change the user id"},
    {Step::kCapabilities, "--cap-drop", "cannot set the capabilities"},
    {Step::kAmbient, "--cap-add", "cannot set the ambient capabilities"},
    {Step::kSecurebits, "--securebits", "cannot set the securebits"},
    {Step::kNoNewPrivs, "--no-new-privs", "cannot set no_new_privs"},
    {Step::kVerifyDescriptors, "--close-fds", "a descriptor reads back otherwise than asked for"},
    {Step::kVerifyOomScore, "--oom-score-adj", "the score reads back differently"},
    {Step::kVerifyNice, "--nice", "the nice value reads back differently"},
    {Step::kVerifyCpus, "--cpus",
     "the processors read back differently: not all of them are there for this process"},
    {Step::kVerifyLimit, "--limit", "the limit reads back differently"},
    {Step::kVerifyUmask, "--umask", "the umask reads back differently"},
    {Step::kVerifyIdentity, "--user",
     "the user, group or supplementary groups read back differently"},
    {Step::kVerifyCapabilities, "--cap-drop", "the capabilities read back differently"},
    {Step::kVerifySecurebits, "--securebits", "the securebits read back differently"},
    {Step::kVerifyNoNewPrivs, "--no-new-privs", "no_new_privs reads back as not set"},
    {Step::kSeccomp, "--seccomp", "cannot load the system call filter"},
    {Step::kListener, "--report-denials", "cannot listen to what the system call filter denies"},
    {Step::kRestrict, "Landlock", "cannot enter the domain"},
    {Step::kVerifyFiles, "Landlock", "a file that no rule names can still be opened"},
    {Step::kVerifyTcp, "Landlock", "a TCP port that no rule names can still be used"},
    {Step::kVerifyScope, "Landlock", "a process outside can still be signalled"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (static_cast<std::size_t>(kRows[i].step) != i) {
      return false;
    }
  }
  return std::size(kRows) == static_cast<std::size_t>(Step::kVerifyScope) + 1;
}
static_assert(in_order(), "a row for each step, in the same order");

const Row& row_of(Step step) {
  return kRows[static_cast<std::size_t>(step)];
}

std::string id_hint(const Prepared& prepared, Failed failed, std::string_view capability) {
  if (failed.error == EINVAL) {
    return "the id is not mapped in this user namespace (user_namespaces(7))";
  }
  if (failed.error != EPERM) {
    return {};
  }
  std::string hint = "changing it needs " + std::string(capability) + " in the container";
  if (failed.step == Step::kGid && prepared.identity) {
    hint += "; to keep the group write --user " + std::to_string(prepared.identity->uid) + ":GID";
  }
  return hint;
}

std::string filter_hint(int error) {
  switch (error) {
    case ENOMEM:
      return "the filters of the container and these have too many instructions together";
    case EINVAL:
    case ENOSYS:
      return "this kernel has no system call filters, or does not know a flag of the profile";
    default:
      return {};
  }
}

std::string limit_hint(Failed failed) {
  if (failed.error != EPERM) {
    return {};
  }
  return failed.detail == RLIMIT_NOFILE
             ? "raising it needs CAP_SYS_RESOURCE, and /proc/sys/fs/nr_open is the most there is"
             : "raising a hard limit needs CAP_SYS_RESOURCE outside any user namespace";
}

/// Where one error has one usual reason; 0 is any error.
struct Remedy {
  Step step;
  int error;
  std::string_view hint;
};

constexpr Remedy kRemedies[] = {
    {Step::kUid, EAGAIN,
     "this user already has as many processes as its limit allows (RLIMIT_NPROC)"},
    {Step::kBounding, EPERM, "dropping it needs CAP_SETPCAP in the container"},
    {Step::kKeepCaps, EPERM, "the container's securebits forbid it"},
    {Step::kAmbient, EPERM, "the container's securebits forbid it"},
    {Step::kSecurebits, EPERM, "the container's securebits forbid it"},
    {Step::kOomScore, EACCES, "going lower than the container was given needs CAP_SYS_RESOURCE"},
    {Step::kOomScore, 0, "it is written to /proc/self/oom_score_adj"},
    {Step::kCpus, EINVAL, "none of these processors is there for this container"},
    {Step::kVerifyCpus, 0, "Cpus_allowed_list in /proc/self/status tells which there are"},
    {Step::kDescriptors, 0, "without close_range(2) this needs /proc"},
    {Step::kListener, EBUSY,
     "the container was started with a listener of its own (a seccomp agent), and the kernel "
     "allows "
     "one; leave the option out"},
    {Step::kRestrict, E2BIG,
     "the kernel stacks at most 16 Landlock domains: start indexrun from fewer of them"},
    {Step::kVerifyFiles, 0, "this kernel does not keep what it promises: do not rely on it"},
    {Step::kVerifyTcp, 0, "this kernel does not keep what it promises: do not rely on it"},
    {Step::kVerifyScope, 0, "this kernel does not keep what it promises: do not rely on it"},
};

std::string hint(const Prepared& prepared, Failed failed) {
  for (const Remedy& remedy : kRemedies) {
    if (remedy.step == failed.step && (remedy.error == 0 || remedy.error == failed.error)) {
      return std::string(remedy.hint);
    }
  }
  if (failed.step == Step::kGroups || failed.step == Step::kGid) {
    return id_hint(prepared, failed, "CAP_SETGID");
  }
  if (failed.step == Step::kUid) {
    return id_hint(prepared, failed, "CAP_SETUID");
  }
  if (failed.step == Step::kSeccomp || failed.step == Step::kListener) {
    return filter_hint(failed.error);
  }
  return failed.step == Step::kLimit ? limit_hint(failed) : "";
}

std::string_view option_of(const Prepared& prepared, Failed failed) {
  const bool groups = prepared.identity && prepared.identity->groups_given;
  return failed.step == Step::kGroups && groups ? "--groups" : row_of(failed.step).option;
}

std::string detail(Failed failed) {
  if (failed.step == Step::kLimit || failed.step == Step::kVerifyLimit) {
    return std::string(limit_name(failed.detail)) + ": ";
  }
  return failed.step == Step::kVerifyDescriptors ? std::to_string(failed.detail) + ": " : "";
}

}  // namespace

std::string_view describe(Step step) {
  return row_of(step).problem;
}

Error failure(const Prepared& prepared, Failed failed) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(option_of(prepared, failed)),
               .problem = detail(failed) + std::string(describe(failed.step)),
               .system_error = failed.error,
               .hint = hint(prepared, failed)};
}

}  // namespace indexrun::confine
