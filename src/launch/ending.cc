// SPDX-License-Identifier: Apache-2.0
#include "launch/ending.h"

#include <chrono>

namespace indexrun::launch {
namespace {

using std::chrono::duration_cast;

std::chrono::microseconds duration_of(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

void record_end(Outcome& outcome, const Event& event, const Child& child) {
  outcome.status = event.status;
  outcome.duration = duration_cast<Milliseconds>(std::chrono::steady_clock::now() - child.started);
  outcome.cpu_time = duration_cast<Milliseconds>(duration_of(event.usage.ru_utime) +
                                                 duration_of(event.usage.ru_stime));
  outcome.peak_memory_kb = static_cast<std::uint64_t>(event.usage.ru_maxrss);
}

}  // namespace indexrun::launch
