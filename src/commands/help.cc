// SPDX-License-Identifier: Apache-2.0
// The answer to --help and --version. The exit statuses come from status/, which options/ may not
// see.
#include "status/help.h"

#include "commands/answer.h"
#include "commands/commands.h"

namespace indexrun::commands {

Result<int> help(Session& session) {
  std::string text = session.options.help;
  if (session.options.subcommand == options::Subcommand::kHelp) {
    text += "\n" + status::exit_status_help();
  }
  CHECK(answer(text));
  return 0;
}

}  // namespace indexrun::commands
