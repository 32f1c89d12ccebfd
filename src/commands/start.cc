// SPDX-License-Identifier: Apache-2.0
// From the subcommand's name to its flow.
#include "commands/commands.h"

namespace indexrun::commands {

Result<int> start(Session& session) {
  using options::Subcommand;
  switch (session.options.subcommand) {
    case Subcommand::kRun:
      return run(session);
    case Subcommand::kStage:
      return stage(session);
    case Subcommand::kShow:
      return show(session);
    case Subcommand::kCount:
      return count(session);
    case Subcommand::kInstall:
      return install(session);
    case Subcommand::kSeccomp:
      return seccomp(session);
    case Subcommand::kHelp:
    case Subcommand::kVersion:
      return help(session);
  }
  return Error{.failure = Failure::kInternal, .stage = "options", .problem = "no subcommand"};
}

}  // namespace indexrun::commands
