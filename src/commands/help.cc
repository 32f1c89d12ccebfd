// SPDX-License-Identifier: Apache-2.0
// The answer to --help and --version. The exit statuses come from status/, which options/ may not
// see.
#include "commands/answer.h"
#include "commands/commands.h"
#include "status/exit_code.h"

#include <string>

namespace indexrun::commands {

namespace {

constexpr std::size_t kNameWidth = 10;

std::string exit_statuses() {
  std::string text =
      "\nExit status: the program's own, 128+n if signal n ended it, or one of ours:\n";
  for (const status::ExitClass& row : status::exit_classes()) {
    text.append("  ").append(std::to_string(row.code)).append("  ").append(row.name);
    text.append(kNameWidth - row.name.size(), ' ').append(row.meaning).append("\n");
  }
  return text;
}

}  // namespace

Result<int> help(Session& session) {
  std::string text = session.options.help;
  if (session.options.subcommand == options::Subcommand::kHelp) {
    text += exit_statuses();
  }
  CHECK(answer(text));
  return 0;
}

}  // namespace indexrun::commands
