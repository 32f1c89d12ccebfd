// SPDX-License-Identifier: Apache-2.0
// The whole flow of one worker.
#include "base/log.h"
#include "base/quote.h"
#include "commands/commands.h"
#include "commands/each.h"
#include "commands/gates.h"
#include "commands/message.h"
#include "commands/mode.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "inputs/whole_share.h"
#include "inputs/write.h"
#include "launch/exec.h"
#include "launch/supervise.h"
#include "status/report.h"

#include <optional>
#include <string>

namespace indexrun::commands {

Result<int> run(Session& session) {
  if (session.options.share.each) {
    return run_each(session);
  }
  TRY(const Worker worker, read_worker(session));
  if (worker.item.share_size == 0U) {
    return end_empty(session, worker.item);
  }
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  // Judged before anything is written: what cannot work must leave nothing behind.
  TRY(const launch::Mode mode, choose_mode(session, prepared));
  CHECK(wait_at_gates(session, worker.item));
  CHECK(inputs::write(worker.inputs, worker.share.get()));
  launch::Request request{
      session.options.launch, worker.inputs, prepared, session.signals, {session.message.fd()}};
  std::optional<inputs::ShareLines> lines;
  if (worker.inputs.stdin_share_bytes) {
    request.input = &lines.emplace(*worker.share);
  }
  if (mode == launch::Mode::kExec) {
    return launch::exec(request);
  }
  TRY(const launch::Outcome outcome, launch::supervise(request));
  if (outcome.timed_out) {
    log::print(log::Level::kError, "launch: " + printable(worker.inputs.argv.front()) +
                                       ": the time limit (--timeout) ended it after " +
                                       std::to_string(outcome.duration.count()) + " ms");
  }
  const int exit_status = session.codes.of(outcome);
  status::add_outcome(session.record, outcome, session.codes);
  write_message(session, exit_status);
  return exit_status;
}

}  // namespace indexrun::commands
