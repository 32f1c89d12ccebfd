// SPDX-License-Identifier: Apache-2.0
#include "share/job.h"

#include "base/quote.h"
#include "base/signals.h"

#include <algorithm>

namespace indexrun::share {

namespace {

constexpr Milliseconds kLongestPause{60'000};

}  // namespace

std::string name_of(const items::Item& item) {
  return "item " + std::to_string(item.position) + " (" + quote(item.text) + ")";
}

std::string describe(const launch::Outcome& outcome) {
  if (outcome.timed_out) {
    return "the time limit (--timeout) ended it after " + std::to_string(outcome.duration.count()) +
           " ms";
  }
  if (outcome.status.signaled()) {
    return "was killed by " + signal_name(outcome.status.signal);
  }
  return "ended with " + std::to_string(outcome.status.code);
}

Milliseconds pause_after(std::uint32_t attempt, Milliseconds first) {
  const Milliseconds most = std::max(first, kLongestPause);
  Milliseconds pause = first;
  for (std::uint32_t i = 0; i < attempt && pause < most && pause.count() > 0; ++i) {
    pause *= 2;
  }
  return std::min(pause, most);
}

}  // namespace indexrun::share
