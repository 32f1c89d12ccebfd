// SPDX-License-Identifier: Apache-2.0
// Which file COMMAND is, found before anything is changed or started.
#pragma once

#include "base/environment.h"
#include "base/result.h"

#include <string>

namespace indexrun::launch {

/// The path for execve(2), seen from the program's own working directory. A command with a slash is
/// taken as it is; another is looked up in the PATH of the program's environment (execvp(3): empty
/// elements are the working directory; without PATH, /bin and /usr/bin). A file that is there but
/// cannot be executed is remembered while the search goes on.
///
/// `directory` is a descriptor of the program's working directory, AT_FDCWD if it is our own, or -1
/// if only the program's user can see it: then what lies in it is taken unseen.
///
/// kNotfound, or kNoexec for a directory or a file without execute permission. The search has this
/// process's rights.
Result<std::string> resolve(const std::string& command, const Environment& environment,
                            int directory);

/// A program that was found, for the next of many launches.
struct Found {
  std::string command;
  std::string search;     ///< the PATH that was searched
  std::string directory;  ///< the program's working directory; empty: our own
  std::string path;       ///< empty: nothing was found yet
};

/// What kept execve(2) from running `path`, from its errno and a look at the file: another
/// machine's program, a script without #!, a missing interpreter... kNoexec, or kNotfound if the
/// file itself has gone; kItem if the arguments are too large.
[[nodiscard]] Error exec_failure(const std::string& path, int directory, int number);

}  // namespace indexrun::launch
