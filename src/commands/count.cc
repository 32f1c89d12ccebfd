// SPDX-License-Identifier: Apache-2.0
// How many items, and so how many tasks.
#include "items/count.h"

#include "base/log.h"
#include "commands/answer.h"
#include "commands/commands.h"

#include <string>

namespace indexrun::commands {

Result<int> count(Session& session) {
  if (log::enabled(log::Level::kChosen)) {
    session.options.items.digesting = items::Digesting::kAlways;
  }
  const options::Options& options = session.options;
  TRY(const items::Counts counts, items::count_all(options.items, session.environment));
  const std::string items = std::to_string(counts.items);
  const std::string tasks = std::to_string(counts.tasks);
  CHECK(answer(options.output == options::Output::kJson
                   ? R"({"items":)" + items + R"(,"tasks":)" + tasks + "}\n"
                   : (options.items_only ? items : tasks) + "\n"));
  return 0;
}

}  // namespace indexrun::commands
