// SPDX-License-Identifier: Apache-2.0
// How many items, and so how many tasks.
#include "items/count.h"

#include "commands/answer.h"
#include "commands/commands.h"

#include <string>

namespace indexrun::commands {

Result<int> count(Session& session) {
  const options::Options& options = session.options;
  TRY(const std::uint64_t items, items::count(options.items, session.environment));
  const std::string number = std::to_string(items);
  // One item a task: both numbers are the same.
  CHECK(answer(options.output == options::Output::kJson
                   ? R"({"items":)" + number + R"(,"tasks":)" + number + "}\n"
                   : number + "\n"));
  return 0;
}

}  // namespace indexrun::commands
