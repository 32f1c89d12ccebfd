// SPDX-License-Identifier: Apache-2.0
// Limits, scheduling, the score of the out-of-memory killer and the umask.
#include "confine/apply_steps.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

/// Enough for the 8192 processors that a kernel can be built for.
constexpr std::size_t kMostWords = 128;

/// What setrlimit(2) takes on every machine.
struct Pair {
  std::uint64_t soft;
  std::uint64_t hard;
};

Failed set_limit(const ResourceLimit& limit) {
  const Pair wanted{limit.soft, limit.hard};
  if (syscall(SYS_prlimit64, 0, limit.resource, &wanted, nullptr) != 0) {
    return {Step::kLimit, errno, limit.resource};
  }
  return {};
}

bool limit_matches(const ResourceLimit& limit) {
  Pair now{};
  return syscall(SYS_prlimit64, 0, limit.resource, nullptr, &now) == 0 && now.soft == limit.soft &&
         now.hard == limit.hard;
}

/// Read back at once: after a change of user the file belongs to somebody else.
Failed set_oom_score(const std::string& text) {
  const long file =
      syscall(SYS_openat, AT_FDCWD, "/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC, 0);
  if (file < 0) {
    return {Step::kOomScore, errno};
  }
  const int fd = static_cast<int>(file);
  Failed failed;
  char now[16];
  const auto size = static_cast<ssize_t>(text.size());
  if (write(fd, text.data(), text.size()) != size) {
    failed = {Step::kOomScore, errno};
  } else {
    const long read = syscall(SYS_pread64, fd, now, sizeof now, 0L);
    const bool same =
        read == size + 1 && memcmp(now, text.data(), text.size()) == 0 && now[size] == '\n';
    failed = same ? Failed{} : Failed{Step::kVerifyOomScore, read < 0 ? errno : 0};
  }
  close(fd);
  return failed;
}

bool cpus_match(const std::vector<std::uint64_t>& wanted) {
  std::uint64_t now[kMostWords] = {};
  const long bytes = syscall(SYS_sched_getaffinity, 0, sizeof now, now);
  if (bytes < 0 || wanted.size() > kMostWords) {
    return false;
  }
  for (std::size_t word = 0; word < kMostWords; ++word) {
    if (now[word] != (word < wanted.size() ? wanted[word] : 0)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Failed apply_resources(const Resources& wanted) noexcept {
  if (!wanted.oom_score_adj.empty()) {
    if (const Failed failed = set_oom_score(wanted.oom_score_adj); failed.any()) {
      return failed;
    }
  }
  if (wanted.nice && syscall(SYS_setpriority, PRIO_PROCESS, 0, *wanted.nice) != 0) {
    return {Step::kNice, errno};
  }
  if (!wanted.cpus.empty() &&
      syscall(SYS_sched_setaffinity, 0, wanted.cpus.size() * sizeof wanted.cpus[0],
              wanted.cpus.data()) != 0) {
    return {Step::kCpus, errno};
  }
  for (const ResourceLimit& limit : wanted.limits) {
    if (const Failed failed = set_limit(limit); failed.any()) {
      return failed;
    }
  }
  if (wanted.umask) {
    umask(*wanted.umask);
  }
  return {};
}

Failed apply_verify_resources(const Resources& wanted) noexcept {
  // The system call gives 20 - nice, so that no result is negative.
  if (wanted.nice && syscall(SYS_getpriority, PRIO_PROCESS, 0) != 20 - *wanted.nice) {
    return {Step::kVerifyNice, 0};
  }
  if (!wanted.cpus.empty() && !cpus_match(wanted.cpus)) {
    return {Step::kVerifyCpus, 0};
  }
  for (const ResourceLimit& limit : wanted.limits) {
    if (!limit_matches(limit)) {
      return {Step::kVerifyLimit, 0, limit.resource};
    }
  }
  if (wanted.umask && umask(*wanted.umask) != *wanted.umask) {
    return {Step::kVerifyUmask, 0};
  }
  return {};
}

}  // namespace indexrun::confine
