// SPDX-License-Identifier: Apache-2.0
// What the user says about how the program is run.
#pragma once

#include "base/deadline.h"
#include "launch/retry.h"
#include "launch/signal_map.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace indexrun::launch {

enum class Supervise { kAuto, kAlways, kNever };

/// Who gets the signals that are sent to us.
enum class SignalTo {
  kProgram,           ///< the program alone
  kGroup,             ///< all of its process group
  kProgramThenGroup,  ///< stop signals: the program first, what is left of its group afterwards
};

struct Spec {
  Supervise supervise = Supervise::kAuto;
  /// From TERM to KILL: after --timeout, and after a TERM that was forwarded. Below the kubelet's
  /// default of 30 s, so that the record is still written.
  std::optional<Milliseconds> grace = {};  ///< --grace; kDefaultGrace if not given
  std::optional<Milliseconds> timeout = {};
  SignalTo signal_to = SignalTo::kProgram;
  SignalMap map_signal = {};
  bool wait_all = false;  ///< --wait-all: what the program leaves behind ends by itself
  Retry retry = {};
  int parent_death_signal = 0;   ///< --parent-death-signal; 0: none
  std::uint32_t error_tail = 0;  ///< how many lines of the program's standard error to keep
};

inline constexpr Milliseconds kDefaultGrace{25'000};

}  // namespace indexrun::launch
