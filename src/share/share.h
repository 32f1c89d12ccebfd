// SPDX-License-Identifier: Apache-2.0
// The stage share/: the program once for each item of a share.
#pragma once

#include "base/environment.h"
#include "base/result.h"
#include "base/signals.h"
#include "confine/prepared.h"
#include "inputs/spec.h"
#include "items/item.h"
#include "launch/spec.h"
#include "share/spec.h"
#include "share/sum.h"
#include "status/exit_code.h"

namespace indexrun::share {

/// Borrows all of it: what it refers to outlives the share.
struct Request {
  const Spec& spec;
  const inputs::Spec& inputs;
  const launch::Spec& launch;
  const confine::Prepared& prepared;
  const InheritedSignals& signals;
  const Environment& environment;  ///< without indexrun's own settings
  const status::ExitCodes& codes;
  items::Sequence& items;
};

/// Refuses what cannot work before anything runs: a log or done directory that cannot be used
/// (kInput), two items with one log name or one output at a time, a log name that leaves its
/// directory (kConfig). Then runs the items and returns when all have ended and all their output
/// has been passed on.
///
/// At most spec.parallel items run at a time, each in a process group of its own in the background,
/// in slots 0 to parallel-1, always the lowest free one. A failed attempt that may be repeated
/// waits outside of any slot. A stop signal is forwarded to all that run; then, as after a failure
/// without
/// --keep-going, nothing new begins, and after launch.grace what still runs is killed. An item
/// that was told to stop does not count as failed, nor, without --allow-term-success, as done.
///
/// Every failed item has been reported on standard error when this returns, but sum.error has not.
/// Working directory and inherited descriptors stay as they are, as later items need them.
Result<Sum> run(const Request& request);

}  // namespace indexrun::share
