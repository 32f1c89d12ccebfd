// SPDX-License-Identifier: Apache-2.0
#include "confine/reach.h"

#include "base/decimal.h"
#include "base/file.h"
#include "confine/apply_steps.h"
#include "confine/failure.h"
#include "confine/held.h"
#include "confine/limits.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

template <typename Id>
bool is_own(Id wanted, const Id (&own)[3]) {
  return std::find(std::begin(own), std::end(own), wanted) != std::end(own);
}

/// The first user namespace has all ids, allows setgroups(2), and is where most containers are: its
/// number is fixed (PROC_USER_INIT_INO of the kernel's proc_ns.h).
bool in_first_user_namespace() {
  constexpr ino_t kFirst = 0xEFFFFFFDU;
  struct stat info {};
  return ::stat("/proc/self/ns/user", &info) == 0 && info.st_ino == kFirst;
}

/// The next number of a line of /proc/self/uid_map.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
  const auto number = parse_decimal(text.substr(0, end));
  text.remove_prefix(end);
  return number;
}

/// kConfine if the map has no line for the id. Without /proc the kernel will tell.
Result<void> check_mapped(std::uint32_t id, const char* map, std::string_view what) {
  if (in_first_user_namespace()) {
    return {};
  }
  const FileContent content = read_file(map);
  std::string_view text = content.bytes;
  std::string ranges;
  while (const auto inside = take_number(text)) {
    static_cast<void>(take_number(text));
    const std::uint64_t length = take_number(text).value_or(0);
    if (id >= *inside && id - *inside < length) {
      return {};
    }
    ranges.append(ranges.empty() ? "" : ", ").append(std::to_string(*inside));
    if (length > 1) {
      ranges.append("-").append(std::to_string(*inside + length - 1));
    }
  }
  if (content.error != 0) {
    return {};
  }
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = "--user",
               .problem = std::string(what) + " id " + std::to_string(id) +
                          " is not mapped in this user namespace, which has " +
                          (ranges.empty() ? "none" : ranges) + " (" + map + ")",
               .hint =
                   "take an id of the map, or start the container with a larger one "
                   "(user_namespaces(7))"};
}

Result<void> check_groups(const Prepared& prepared) {
  const Identity& identity = *prepared.identity;
  if (apply_groups_match(identity)) {
    return {};
  }
  if (!holds(CAP_SETGID)) {
    return failure(prepared, {Step::kGroups, EPERM});
  }
  if (in_first_user_namespace()) {
    return {};
  }
  if (read_file("/proc/self/setgroups").bytes.starts_with("deny")) {
    return Error{.failure = Failure::kConfine,
                 .stage = "confine",
                 .object = identity.groups_given ? "--groups" : "--user",
                 .problem =
                     "the supplementary groups cannot be changed: this user namespace denies "
                     "setgroups(2) (/proc/self/setgroups)",
                 .hint = "start the container with a group map that newgidmap(1) made"};
  }
  for (const gid_t group : identity.groups) {
    CHECK(check_mapped(group, "/proc/self/gid_map", "group"));
  }
  return {};
}

/// Lower values may be denied; going back up is always allowed.
Result<void> try_nice(const Prepared& prepared) {
  const int now = 20 - static_cast<int>(::syscall(SYS_getpriority, PRIO_PROCESS, 0));
  const int wanted = *prepared.resources.nice;
  if (wanted >= now) {
    return {};
  }
  if (::syscall(SYS_setpriority, PRIO_PROCESS, 0, wanted) == 0) {
    return ::syscall(SYS_setpriority, PRIO_PROCESS, 0, now) == 0
               ? Result<void>()
               : Result<void>(failure(prepared, {Step::kNice, errno}));
  }
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = "--nice",
               .problem = "cannot go from " + std::to_string(now) + " down to " +
                          std::to_string(wanted) + " without CAP_SYS_NICE",
               .system_error = errno,
               .hint = "a value of " + std::to_string(now) + " or higher needs nothing"};
}

/// Only the kernel knows how low this process may go; going back up is always allowed.
Result<void> try_oom_score(const Prepared& prepared) {
  const char* path = "/proc/self/oom_score_adj";
  FileContent before = read_file(path);
  if (before.error != 0) {
    return failure(prepared, {Step::kOomScore, before.error});
  }
  const std::string& wanted = prepared.resources.oom_score_adj;
  const UniqueFd file = open_file(path, O_WRONLY);
  const int error = file.valid() ? write_fully(file.get(), wanted) : errno;
  if (error != 0) {
    return failure(prepared, {Step::kOomScore, error});
  }
  if (const int back = write_fully(file.get(), before.bytes); back != 0) {
    return failure(prepared, {Step::kOomScore, back});
  }
  return {};
}

/// The kernel drops from the set, without a word, processors that the container does not have.
Result<void> try_cpus(const Prepared& prepared) {
  Resources only;
  only.cpus = prepared.resources.cpus;
  std::uint64_t before[128] = {};
  const long size = ::syscall(SYS_sched_getaffinity, 0, sizeof before, before);
  if (size < 0) {
    return failure(prepared, {Step::kCpus, errno});
  }
  Failed failed = apply_resources(only);
  if (!failed.any()) {
    failed = apply_verify_resources(only);
    if (::syscall(SYS_sched_setaffinity, 0, size, before) != 0) {
      failed = {Step::kCpus, errno};
    }
  }
  return failed.any() ? Result<void>(failure(prepared, failed)) : Result<void>();
}

/// A hard limit that was raised can be lowered again by anybody.
Result<void> try_limit(const ResourceLimit& limit) {
  rlimit64 now{};
  if (::syscall(SYS_prlimit64, 0, limit.resource, nullptr, &now) != 0) {
    return failure({}, {Step::kLimit, errno, limit.resource});
  }
  if (limit.hard <= now.rlim_max) {
    return {};
  }
  const rlimit64 raised{now.rlim_cur, limit.hard};
  if (::syscall(SYS_prlimit64, 0, limit.resource, &raised, nullptr) == 0) {
    return ::syscall(SYS_prlimit64, 0, limit.resource, &now, nullptr) == 0
               ? Result<void>()
               : Result<void>(failure({}, {Step::kLimit, errno, limit.resource}));
  }
  const std::string name(limit_name(limit.resource));
  const int error = errno;
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = "--limit",
               .problem = name + ": the hard limit is " + limit_text(now.rlim_max) +
                          ", and raising it to " + limit_text(limit.hard) +
                          " needs CAP_SYS_RESOURCE",
               .system_error = error,
               .hint = "max stands for the present hard limit: --limit " + name + "=max"};
}

}  // namespace

Result<void> check_identity(const Prepared& prepared) {
  const Identity& wanted = *prepared.identity;
  uid_t uids[3] = {};
  gid_t gids[3] = {};
  if (::getresuid(&uids[0], &uids[1], &uids[2]) != 0 ||
      ::getresgid(&gids[0], &gids[1], &gids[2]) != 0) {
    return failure(prepared, {Step::kVerifyIdentity, errno});
  }
  if (!is_own(wanted.uid, uids)) {
    if (!holds(CAP_SETUID)) {
      return failure(prepared, {Step::kUid, EPERM});
    }
    CHECK(check_mapped(wanted.uid, "/proc/self/uid_map", "user"));
  }
  if (!is_own(wanted.gid, gids)) {
    if (!holds(CAP_SETGID)) {
      return failure(prepared, {Step::kGid, EPERM});
    }
    CHECK(check_mapped(wanted.gid, "/proc/self/gid_map", "group"));
  }
  return check_groups(prepared);
}

Result<void> check_resources(const Prepared& prepared) {
  const Resources& wanted = prepared.resources;
  for (const ResourceLimit& limit : wanted.limits) {
    CHECK(try_limit(limit));
  }
  if (wanted.nice) {
    CHECK(try_nice(prepared));
  }
  if (!wanted.oom_score_adj.empty()) {
    CHECK(try_oom_score(prepared));
  }
  if (!wanted.cpus.empty()) {
    CHECK(try_cpus(prepared));
  }
  return {};
}

}  // namespace indexrun::confine
