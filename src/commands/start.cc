// SPDX-License-Identifier: Apache-2.0
// From the subcommand's name to its flow.
#include "commands/answer.h"
#include "commands/commands.h"
#include "status/help.h"

namespace indexrun::commands {

Result<int> help(Session& session) {
  const options::Options& options = session.options;
  const bool asks_for_help = options.subcommand == options::Subcommand::kHelp;
  CHECK(answer(options.help + (asks_for_help ? "\n" + status::exit_status_help() : "")));
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
