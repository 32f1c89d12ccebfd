// SPDX-License-Identifier: Apache-2.0
// Which file COMMAND is, found before anything is changed or started.
#pragma once

#include "base/environment.h"
#include "base/result.h"

#include <optional>
#include <string>

namespace indexrun::launch {

/// The path for execve(2), seen from the program's own working directory. A command with a slash is
/// taken as it is; another is looked up in the PATH of the program's environment (execvp(3): empty
/// elements are the working directory; without PATH, /bin and /usr/bin). A file that is there but
/// cannot be executed is remembered while the search goes on.
///
/// kNotfound, or kNoexec for a directory or a file without execute permission; kInput if the
/// working directory cannot be entered. The search has this process's rights.
Result<std::string> resolve(const std::string& command, const Environment& environment,
                            const std::optional<std::string>& directory);

/// What kept execve(2) from running `path`, from its errno and a look at the file: another
/// machine's program, a script without #!, a missing interpreter... kNoexec, or kNotfound if the
/// file itself has gone; kItem if the arguments are too large.
[[nodiscard]] Error exec_failure(const std::string& path,
                                 const std::optional<std::string>& directory, int number);

/// The working directory cannot be entered.
[[nodiscard]] Error directory_failure(const std::string& directory, int number);

}  // namespace indexrun::launch
