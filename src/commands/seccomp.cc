// SPDX-License-Identifier: Apache-2.0
// A seccomp profile compiled ahead of the launch.
#include "base/atomic_file.h"
#include "commands/answer.h"
#include "commands/commands.h"
#include "confine/seccomp/filters.h"

#include <string>

namespace indexrun::commands {

namespace {

constexpr mode_t kMode = 0644;  // whatever user the worker has

}  // namespace

Result<int> seccomp(Session& session) {
  const options::Options& options = session.options;
  TRY(const std::string bytes, confine::compile_ahead(options.profile, options.confine));
  if (options.output_file.empty() || options.output_file == "-") {
    CHECK(answer(bytes));
  } else {
    CHECK(write_atomically("seccomp", options.output_file, bytes, kMode));
  }
  return 0;
}

}  // namespace indexrun::commands
