// SPDX-License-Identifier: Apache-2.0
// What one run of indexrun carries from the start of main to its end.
#pragma once

#include "base/environment.h"
#include "base/record.h"
#include "base/signals.h"
#include "options/options.h"
#include "status/exit_code.h"
#include "status/message_file.h"

#include <cstdint>

namespace indexrun::commands {

/// Attempts are counted from 0; there is one.
inline constexpr std::uint32_t kFirstAttempt = 0;

struct Session {
  InheritedSignals signals;
  Environment environment;
  options::Options options;
  status::ExitCodes codes;
  status::MessageFile message;
  Record record;
};

}  // namespace indexrun::commands
