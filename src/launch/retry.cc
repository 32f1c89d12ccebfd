// SPDX-License-Identifier: Apache-2.0
#include "launch/retry.h"

#include <algorithm>

namespace indexrun::launch {

namespace {

constexpr Milliseconds kLongestPause{60'000};

}  // namespace

bool Retry::covers(const WaitStatus& status, bool timed_out) const {
  if (on.empty()) {
    return true;
  }
  if (timed_out) {
    return on.timeout;
  }
  if (status.signaled()) {
    return std::ranges::find(on.signals, status.signal) != on.signals.end();
  }
  return std::ranges::any_of(on.codes, [&](const RetryOn::Codes& range) {
    return range.first <= status.code && status.code <= range.last;
  });
}

Milliseconds pause_after(std::uint32_t attempt, Milliseconds first) {
  const Milliseconds most = std::max(first, kLongestPause);
  Milliseconds pause = first;
  for (std::uint32_t i = 0; i < attempt && pause < most && pause.count() > 0; ++i) {
    pause *= 2;
  }
  return std::min(pause, most);
}

}  // namespace indexrun::launch
