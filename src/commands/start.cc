// SPDX-License-Identifier: Apache-2.0
#include "commands/answer.h"
#include "commands/commands.h"

namespace indexrun::commands {

Result<int> help(Session& session) {
  CHECK(answer(session.options.help));
  return 0;
}

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
    case Subcommand::kHelp:
    case Subcommand::kVersion:
      return help(session);
  }
  return Error{.failure = Failure::kInternal, .stage = "options", .problem = "no subcommand"};
}

}  // namespace indexrun::commands
