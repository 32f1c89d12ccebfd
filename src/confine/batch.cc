// SPDX-License-Identifier: Apache-2.0
#include "confine/batch.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

// Neither keeps anything: what is written here is gone, or goes to a terminal or to this
// container's memory. The last is where Kubernetes takes a program's own message from.
constexpr std::string_view kWritable[] = {
    "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom",        "/dev/tty",
    "/dev/ptmx", "/dev/pts",  "/dev/shm",  "/dev/mqueue", "/dev/termination-log"};

bool names(std::span<const Grant> named, Right right) {
  return std::ranges::find(named, right, &Grant::right) != named.end();
}

/// A file or device that is open for writing: /dev/stdout opens it once more.
bool may_be_opened_again(int fd) {
  struct stat status {};
  return (::fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY && ::fstat(fd, &status) == 0 &&
         (S_ISREG(status.st_mode) || S_ISCHR(status.st_mode));
}

}  // namespace

Policy with_batch(Policy policy) {
  if (std::ranges::find(policy.cap_drop, "ALL") == policy.cap_drop.end()) {
    policy.cap_drop.emplace_back("ALL");
  }
  policy.no_new_privs = true;
  if (std::ranges::find(policy.seccomp, "batch") == policy.seccomp.end()) {
    policy.seccomp.emplace_back("batch");
  }
  policy.close_fds = true;
  policy.access.batch = true;
  return policy;
}

std::vector<Grant> batch_grants(std::span<const Grant> named, std::span<const int> streams) {
  std::vector<Grant> grants;
  if (!names(named, Right::kRead)) {
    const bool some = names(named, Right::kExecute);
    grants.push_back({.right = some ? Right::kRead : Right::kExecute, .path = "/"});
  }
  for (const std::string_view path : kWritable) {
    std::string text(path);
    if (::access(text.c_str(), F_OK) == 0) {
      grants.push_back({.right = Right::kWrite, .path = std::move(text)});
    }
  }
  for (const int fd : streams) {
    std::string path = "/proc/self/fd/" + std::to_string(fd);
    if (may_be_opened_again(fd) && ::access(path.c_str(), F_OK) == 0) {
      grants.push_back({.right = Right::kWrite, .path = std::move(path)});
    }
  }
  return grants;
}

}  // namespace indexrun::confine
