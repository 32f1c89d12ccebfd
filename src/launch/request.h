// SPDX-License-Identifier: Apache-2.0
// Everything that both ways of starting a program need to know.
#pragma once

#include "base/byte_source.h"
#include "base/signals.h"
#include "confine/prepared.h"
#include "inputs/inputs.h"
#include "launch/resolve.h"
#include "launch/spec.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace indexrun::launch {

/// Descriptors for the program's standard streams; -1: inherited.
struct Streams {
  int input = -1;  ///< if there is no text for it
  int output = -1;
  int error = -1;
};

/// Borrows all of it: what it refers to outlives the launch.
struct Request {
  const Spec& spec;
  const inputs::Inputs& inputs;
  const confine::Prepared& prepared;
  const InheritedSignals& signals;
  /// Descriptors of our own that a supervisor keeps open while the program runs, such as the
  /// termination message file. The program never gets them if they are close-on-exec.
  std::vector<int> keep = {};
  Streams streams = {};
  Found* found = nullptr;     ///< of the launch before this one, if there may be many
  std::uint32_t attempt = 0;  ///< from 0; later ones add to the files of the program's outputs
  bool again = false;         ///< another attempt may follow, which inherits what this one does
  /// Called once the program runs for the last time: frees what only its start needed, such as
  /// `inputs`.
  std::function<void()> forget = {};
  /// Standard input that is made while the program runs, in supervise mode only, in place of
  /// streams.input.
  ByteSource* input = nullptr;
};

}  // namespace indexrun::launch
