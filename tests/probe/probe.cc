// SPDX-License-Identifier: Apache-2.0
// A workload for tests: says what it was started with and what it may do, and behaves well or badly
// on request. `probe VERB [ARG...]`; verbs that return 0 can be chained with `then`.
#include "verbs.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace probe {
namespace {

struct Verb {
  const char* name;
  int (*act)(Arguments);
};

/// A second execve(2), after which nothing may have come back.
int exec_again(Arguments arguments) {
  ::execv("/proc/self/exe", arguments.data() - 1);
  std::perror("probe: exec-again");
  return 2;
}

constexpr std::array kVerbs{
    Verb{"call", call_by_number},
    Verb{"cat", cat},
    Verb{"die", die},
    Verb{"exec-again", exec_again},
    Verb{"exit", exit_with},
    Verb{"fork-orphans", fork_orphans},
    Verb{"hold", hold},
    Verb{"leave-behind", leave_behind},
    Verb{"print-argv", print_argv},
    Verb{"print-directory", print_directory},
    Verb{"print-env", print_env},
    Verb{"print-fds", print_fds},
    Verb{"print-ids", print_ids},
    Verb{"print-limit", print_limit},
    Verb{"print-lines", print_lines},
    Verb{"print-securebits", print_securebits},
    Verb{"print-status", print_status},
    Verb{"reach", reach},
    Verb{"record-signals", record_signals},
    Verb{"stop-self", stop_self},
    Verb{"try-calls", try_calls},
    Verb{"try-old-calls", try_old_calls},
};

int run_one(Arguments arguments) {
  for (const Verb& verb : kVerbs) {
    if (!arguments.empty() && std::strcmp(verb.name, arguments[0]) == 0) {
      return verb.act(arguments.subspan(1));
    }
  }
  static_cast<void>(std::fprintf(stderr, "probe: unknown verb\n"));
  return 2;
}

}  // namespace

int run(Arguments arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (std::strcmp(arguments[i], "then") == 0) {
      const int status = run_one(arguments.first(i));
      return status != 0 ? status : run(arguments.subspan(i + 1));
    }
  }
  return run_one(arguments);
}

int number(const char* text) {
  char* end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (end == text || *end != '\0') {
    static_cast<void>(std::fprintf(stderr, "probe: not a number: %s\n", text));
    std::exit(2);
  }
  return static_cast<int>(value);
}

int signal_number(const char* text) {
  for (int signal = 1; signal < NSIG; ++signal) {
    const char* name = sigabbrev_np(signal);
    if (name != nullptr && std::strcmp(name, text) == 0) {
      return signal;
    }
  }
  return number(text);
}

}  // namespace probe

int main(int argc, char** argv) {
  // Nothing may wait in a buffer when the program becomes another or is killed.
  static_cast<void>(std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ));
  return probe::run(probe::Arguments(argv + 1, static_cast<std::size_t>(argc > 1 ? argc - 1 : 0)));
}
