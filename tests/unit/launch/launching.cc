// SPDX-License-Identifier: Apache-2.0
#include "launching.h"

#include "base/file.h"
#include "base/signals.h"
#include "launch/exec.h"
#include "launch/stdio.h"
#include "launch/supervise.h"
#include "process.h"

#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace indexrun::launch {
namespace {

int report(const Error& error) {
  dprintf(STDERR_FILENO, "%s\nhint: %s\n", error.message().c_str(), error.hint.c_str());
  return status_of(error.failure);
}

}  // namespace

inputs::Inputs probe_with(const std::vector<std::string>& arguments) {
  inputs::Inputs inputs;
  inputs.argv = {testing::probe_path()};
  inputs.argv.insert(inputs.argv.end(), arguments.begin(), arguments.end());
  inputs.environment = Environment::copy(environ);
  return inputs;
}

int status_of(Failure failure) {
  return 196 + static_cast<int>(failure);
}

int supervised(const inputs::Inputs& inputs, const Spec& spec, const confine::Prepared& prepared) {
  const InheritedSignals signals = take_signals();
  guard_stdio();
  const auto outcome = supervise({spec, inputs, prepared, signals});
  if (!outcome) {
    return report(outcome.error());
  }
  dprintf(STDERR_FILENO, "outcome timed_out=%d stopped=%d\n", outcome->timed_out, outcome->stopped);
  return outcome->status.exit_code();
}

int executed(const inputs::Inputs& inputs, const confine::Prepared& prepared) {
  const InheritedSignals signals = take_signals();
  guard_stdio();
  const Spec spec;
  return report(exec({spec, inputs, prepared, signals}));
}

char state_of(pid_t pid) {
  const FileContent stat = read_file("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.bytes.rfind(')');
  return stat.error != 0 || name_end == std::string::npos ? '\0' : stat.bytes[name_end + 2];
}

void take_default_dispositions() {
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    static_cast<void>(::signal(signal, SIG_DFL));
  }
}

}  // namespace indexrun::launch
