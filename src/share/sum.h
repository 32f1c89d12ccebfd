// SPDX-License-Identifier: Apache-2.0
// The product of share/: how the items of a share ended.
#pragma once

#include "base/error.h"
#include "launch/outcome.h"

#include <cstdint>
#include <optional>
#include <string>

namespace indexrun::share {

/// An item that has failed for good.
struct Failed {
  std::uint64_t position = 0;
  int status = 0;                           ///< 1..255, as it counts for the share
  std::string reason;                       ///< "item 7 ('foo'): ended with 3"
  std::optional<Error> error = {};          ///< it was not started, or its mark not written
  std::optional<launch::Outcome> end = {};  ///< else: how its last attempt ended
};

struct Sum {
  std::uint64_t items = 0;
  std::uint64_t succeeded = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;    ///< done before
  std::optional<Failed> first;  ///< the failed one with the lowest position
  launch::Outcome total;        ///< duration of the share, sums and maxima of its programs
  int stop_signal = 0;          ///< it ended the share early, if anything was left to do
  std::optional<Error> error;   ///< ended the share, as it would be the same for every item

  /// Neither failed nor done: never begun, ended by us, or waiting to be tried again.
  [[nodiscard]] std::uint64_t not_run() const { return items - succeeded - failed - skipped; }
};

}  // namespace indexrun::share
