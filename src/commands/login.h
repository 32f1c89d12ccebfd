// SPDX-License-Identifier: Apache-2.0
// What a user given by name means for the program's environment.
#pragma once

#include "base/result.h"
#include "options/options.h"

namespace indexrun::commands {

/// Puts HOME, USER and LOGNAME into the inputs of all roles, if --user names a user. Errors as
/// confine::find_login().
Result<void> take_login(options::Options& options);

}  // namespace indexrun::commands
