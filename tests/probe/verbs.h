// SPDX-License-Identifier: Apache-2.0
// What the probe can do. Each verb gets the arguments behind its name and returns an exit status.
#pragma once

#include <span>

namespace probe {

using Arguments = std::span<char* const>;

// show.cc: what a program finds when it starts.
int print_argv(Arguments arguments);
int print_env(Arguments names);
int print_fds(Arguments arguments);
int print_status(Arguments keys);
int print_directory(Arguments arguments);
int print_lines(Arguments arguments);
int print_ids(Arguments arguments);
int cat(Arguments arguments);

// processes.cc: how a program ends, and what it does with signals and children.
int exit_with(Arguments arguments);
int die(Arguments arguments);
int record_signals(Arguments arguments);
int fork_orphans(Arguments arguments);
int leave_behind(Arguments arguments);
int stop_self(Arguments arguments);
int hold(Arguments arguments);

// confined.cc: what a confined program may still do.
int try_calls(Arguments names);
int try_old_calls(Arguments numbers);
int call_by_number(Arguments arguments);

// limits.cc: what a program was limited to.
int print_limit(Arguments names);
int print_securebits(Arguments arguments);

// reached.cc: what of files, ports and processes it still reaches.
int reach(Arguments arguments);

/// Runs the verb that `arguments` begins with; 2 if there is none.
int run(Arguments arguments);

/// A decimal number, or ends the probe with status 2.
int number(const char* text);
/// A signal by name without SIG, or by number; ends the probe with status 2.
int signal_number(const char* text);

}  // namespace probe
