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
  TRY(const std::uint64_t items, items::count(options.items, session.environment));
  TRY(const std::uint64_t tasks, items::count_tasks(options.items, items));
  const std::string number = std::to_string(options.items_only ? items : tasks);
  CHECK(answer(options.output == options::Output::kJson
                   ? R"({"items":)" + std::to_string(items) + R"(,"tasks":)" +
                         std::to_string(tasks) + "}\n"
                   : number + "\n"));
  return 0;
}

}  // namespace indexrun::commands
