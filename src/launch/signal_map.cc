// SPDX-License-Identifier: Apache-2.0
#include "launch/signal_map.h"

#include "base/signals.h"

namespace indexrun::launch {

int SignalMap::operator()(int signal) const {
  for (const Rewrite& rewrite : rewrites_) {
    if (rewrite.from == signal) {
      return rewrite.to;
    }
  }
  return signal;
}

int SignalMap::stop() const {
  const int signal = (*this)(SIGTERM);
  return signal == 0 ? SIGTERM : signal;
}

sigset_t SignalMap::stopping() const {
  const sigset_t usual = usual_stop_signals();
  sigset_t set = usual;
  for (const Rewrite& rewrite : rewrites_) {
    if (rewrite.to != SIGKILL && sigismember(&usual, rewrite.to) != 1) {
      sigdelset(&set, rewrite.from);
    }
  }
  return set;
}

}  // namespace indexrun::launch
