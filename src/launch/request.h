// SPDX-License-Identifier: Apache-2.0
// Everything that both ways of starting a program need to know.
#pragma once

#include "base/signals.h"
#include "confine/prepared.h"
#include "inputs/inputs.h"
#include "launch/spec.h"

#include <vector>

namespace indexrun::launch {

/// Borrows all of it: what it refers to outlives the launch.
struct Request {
  const Spec& spec;
  const inputs::Inputs& inputs;
  const confine::Prepared& prepared;
  const InheritedSignals& signals;
  /// Descriptors of our own that a supervisor keeps open while the program runs, such as the
  /// termination message file. The program never gets them if they are close-on-exec.
  std::vector<int> keep = {};
};

}  // namespace indexrun::launch
