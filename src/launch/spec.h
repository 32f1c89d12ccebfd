// SPDX-License-Identifier: Apache-2.0
// What the user says about how the program is run.
#pragma once

#include "base/deadline.h"

#include <optional>

namespace indexrun::launch {

enum class Supervise { kAuto, kAlways, kNever };

struct Spec {
  Supervise supervise = Supervise::kAuto;
  /// From TERM to KILL: after --timeout, and after a TERM that was forwarded. Below the kubelet's
  /// default of 30 s, so that the record is still written.
  std::optional<Milliseconds> grace;  ///< --grace; kDefaultGrace if not given
  std::optional<Milliseconds> timeout;
};

inline constexpr Milliseconds kDefaultGrace{25'000};

}  // namespace indexrun::launch
