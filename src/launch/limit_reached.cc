// SPDX-License-Identifier: Apache-2.0
#include "launch/limit_reached.h"

#include <algorithm>
#include <csignal>
#include <cstdint>

#include <sys/resource.h>

namespace indexrun::launch {
namespace {

const confine::ResourceLimit* find(const confine::Prepared& prepared, int resource) {
  const auto& limits = prepared.resources.limits;
  const auto found = std::ranges::find(limits, resource, &confine::ResourceLimit::resource);
  return found == limits.end() ? nullptr : &*found;
}

}  // namespace

std::string_view limit_reached(const confine::Prepared& prepared, const Outcome& outcome) {
  if (outcome.timed_out || prepared.resources.limits.empty()) {
    return {};
  }
  const int signal = outcome.status.signal;
  if (signal == SIGXFSZ && find(prepared, RLIMIT_FSIZE) != nullptr) {
    return "the limit on the size of files (--limit fsize)";
  }
  const confine::ResourceLimit* cpu = find(prepared, RLIMIT_CPU);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(outcome.cpu_time).count();
  const bool all_used = cpu != nullptr && static_cast<std::uint64_t>(seconds) >= cpu->hard;
  if (cpu != nullptr && (signal == SIGXCPU || (signal == SIGKILL && all_used))) {
    return "the limit on processor time (--limit cpu)";
  }
  return {};
}

}  // namespace indexrun::launch
