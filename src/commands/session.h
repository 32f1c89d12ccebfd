// SPDX-License-Identifier: Apache-2.0
// What one run of indexrun carries from the start of main to its end.
#pragma once

#include "base/environment.h"
#include "base/record.h"
#include "base/signals.h"
#include "options/options.h"
#include "status/exit_code.h"
#include "status/message_file.h"

namespace indexrun::commands {

struct Session {
  InheritedSignals signals;
  Environment environment;
  options::Options options;
  status::ExitCodes codes;
  status::MessageFile message;
  Record record;
};

}  // namespace indexrun::commands
