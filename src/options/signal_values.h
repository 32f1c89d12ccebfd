// SPDX-License-Identifier: Apache-2.0
// Values that name signals and endings: --map-signal, --parent-death-signal, --retry-on.
#pragma once

#include "base/result.h"
#include "launch/spec.h"
#include "options/setting.h"

namespace indexrun::options {

/// A name, with or without SIG, or a number: any signal of the system.
Result<int> signal_value(const Setting& setting);

struct Rewrite {
  int from = 0;
  int to = 0;  ///< 0: drop
};

/// FROM=TO or FROM=drop. FROM is a signal that is forwarded: neither KILL nor STOP, which nobody
/// can catch, nor CHLD, which is ours, nor a fault.
Result<Rewrite> rewrite_value(const Setting& setting);

/// A comma list of N, N-M (0..255), sig:NAME and timeout.
Result<launch::RetryOn> retry_on_value(const Setting& setting);

}  // namespace indexrun::options
