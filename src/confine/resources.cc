// SPDX-License-Identifier: Apache-2.0
#include "confine/resources.h"

#include "confine/cpus.h"
#include "confine/limits.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/resource.h>

namespace indexrun::confine {
namespace {

/// Below what free(3) gives back to the system (M_TRIM_THRESHOLD).
constexpr std::size_t kRoom = std::size_t{96} * 1024;

bool limits_memory(const std::vector<ResourceLimit>& limits) {
  return std::ranges::any_of(limits, [](const ResourceLimit& limit) {
    return limit.resource == RLIMIT_AS || limit.resource == RLIMIT_DATA;
  });
}

}  // namespace

Result<Resources> prepare_resources(const Policy& policy) {
  Resources resources;
  TRY(resources.limits, parse_limits(policy.limits));
  if (policy.cpus) {
    TRY(resources.cpus, parse_cpus(*policy.cpus));
  }
  resources.umask = policy.umask;
  resources.nice = policy.nice;
  if (policy.oom_score_adj) {
    resources.oom_score_adj = std::to_string(*policy.oom_score_adj);
  }
  if (limits_memory(resources.limits)) {
    void* volatile room = std::malloc(kRoom);
    std::free(room);
  }
  return resources;
}

Result<Descriptors> prepare_descriptors(const Policy& policy) {
  Descriptors descriptors;
  for (const int fd : policy.keep_fds) {
    // All of ours are close-on-exec; what has come through an execve(2) is not.
    const int flags = ::fcntl(fd, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0) {
      return Error{.failure = Failure::kConfig,
                   .stage = "confine",
                   .object = "--keep-fd",
                   .problem = "no descriptor " + std::to_string(fd) + " was inherited",
                   .hint = "open it where indexrun is started, such as " + std::to_string(fd) +
                           "<FILE in a shell"};
    }
    descriptors.keep.push_back(static_cast<unsigned>(fd));
  }
  std::ranges::sort(descriptors.keep);
  descriptors.keep.erase(std::unique(descriptors.keep.begin(), descriptors.keep.end()),
                         descriptors.keep.end());
  return descriptors;
}

}  // namespace indexrun::confine
