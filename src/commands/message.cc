// SPDX-License-Identifier: Apache-2.0
#include "commands/message.h"

#include "commands/worker.h"
#include "status/report.h"

#include <cstdint>
#include <string>

namespace indexrun::commands {

void write_message(Session& session, int exit_status) {
  using status::Message;
  const Message wanted = session.options.status.message;
  if (wanted == Message::kAlways || (wanted == Message::kFailure && exit_status != 0)) {
    session.message.write(status::to_json(session.record));
  }
}

int end_empty(Session& session, const items::Item& task) {
  tell_empty(task);
  session.record.set("outcome", std::string("empty"));
  session.record.set("exit", std::int64_t{0});
  session.record.set("attempts", std::uint64_t{0});
  write_message(session, 0);
  return 0;
}

}  // namespace indexrun::commands
