// SPDX-License-Identifier: Apache-2.0
// One line on a terminal that tells how far the share is.
#pragma once

#include "launch/loop.h"
#include "share/relay.h"
#include "share/sum.h"

#include <cstddef>
#include <optional>

namespace indexrun::share {

/// Redrawn at most so often.
inline constexpr Milliseconds kRedrawn{100};

class Progress {
 public:
  /// Does nothing if standard error is no terminal, under --quiet, or if `shared`: items write to
  /// that terminal themselves.
  Progress(launch::Loop& loop, Relay& relay, bool shared);

  /// The numbers have changed. The line follows soon.
  void changed();
  /// Whether the timer was ours; then the line is drawn.
  bool on_timer(launch::TimerId timer, const Sum& sum, std::size_t running);
  /// No line any more.
  void end();

 private:
  launch::Loop& loop_;
  Relay& relay_;
  bool wanted_;
  std::optional<launch::TimerId> timer_;
};

/// "indexrun: 12/60 done, 2 running, 1 failed", cut to `width` columns.
[[nodiscard]] std::string progress_line(const Sum& sum, std::size_t running, std::size_t width);

}  // namespace indexrun::share
