// SPDX-License-Identifier: Apache-2.0
// --map-signal: signals that reach the program as others, or not at all.
#pragma once

#include <csignal>
#include <vector>

namespace indexrun::launch {

class SignalMap {
 public:
  /// `from` arrives as `to`; 0 drops it. Each `from` once.
  void add(int from, int to) { rewrites_.push_back({from, to}); }
  [[nodiscard]] bool empty() const { return rewrites_.empty(); }

  /// What `signal` arrives as; 0: it is dropped. Nothing is rewritten twice.
  [[nodiscard]] int operator()(int signal) const;
  /// What the program is told to end with, where we do so ourselves: what TERM arrives as, or TERM
  /// if that is dropped.
  [[nodiscard]] int stop() const;
  /// The stop signals (base/signals.h): of the usual ones those that arrive as one of them or as
  /// KILL.
  [[nodiscard]] sigset_t stopping() const;

 private:
  struct Rewrite {
    int from;
    int to;
  };
  std::vector<Rewrite> rewrites_;
};

}  // namespace indexrun::launch
