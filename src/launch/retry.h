// SPDX-License-Identifier: Apache-2.0
// --retries, --retry-on, --backoff: which endings are tried again, and when.
#pragma once

#include "base/deadline.h"
#include "base/wait_status.h"

#include <cstdint>
#include <vector>

namespace indexrun::launch {

/// Endings that are worth another attempt.
struct RetryOn {
  struct Codes {
    int first = 0;
    int last = 0;
  };
  std::vector<Codes> codes = {};  ///< exit codes, both ends included
  std::vector<int> signals = {};  ///< deaths
  bool timeout = false;           ///< --timeout ended it

  [[nodiscard]] bool empty() const { return codes.empty() && signals.empty() && !timeout; }
};

struct Retry {
  std::uint32_t retries = 0;    ///< extra attempts
  Milliseconds backoff{1'000};  ///< before the first of them, doubled for each next
  RetryOn on = {};              ///< empty: everything that is no success

  /// Whether the ending, which was no success, is one of those that are tried again.
  [[nodiscard]] bool covers(const WaitStatus& status, bool timed_out) const;
};

/// The pause after attempt number `attempt` (from 0): `first`, doubled each time up to a minute,
/// or always `first` if that is longer.
[[nodiscard]] Milliseconds pause_after(std::uint32_t attempt, Milliseconds first);

}  // namespace indexrun::launch
