// SPDX-License-Identifier: Apache-2.0
// The subcommands: each is the flow of the stages for one purpose. None of them prints an error;
// each returns the exit status or the Error that main reports.
#pragma once

#include "base/result.h"
#include "commands/session.h"

namespace indexrun::commands {

/// One worker: index, item, inputs, then the program. Returns its exit status; in exec mode it
/// does not return unless the program could not be started.
Result<int> run(Session& session);

/// The input only, for an init container: 0.
Result<int> stage(Session& session);

/// What run would do, on stdout: 0. Changes nothing.
Result<int> show(Session& session);

/// How many tasks, on stdout: 0.
Result<int> count(Session& session);

/// Copies this executable: 0.
Result<int> install(Session& session);

/// A profile compiled ahead, on stdout or as a file that appears whole: 0.
Result<int> seccomp(Session& session);

/// Prints the help text or the version: 0.
Result<int> help(Session& session);

/// The subcommand that the options name.
Result<int> start(Session& session);

}  // namespace indexrun::commands
