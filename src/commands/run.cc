// SPDX-License-Identifier: Apache-2.0
// The whole flow of one worker.
#include "base/log.h"
#include "base/quote.h"
#include "commands/attempts.h"
#include "commands/commands.h"
#include "commands/each.h"
#include "commands/gates.h"
#include "commands/message.h"
#include "commands/mode.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "inputs/write.h"
#include "launch/exec.h"
#include "launch/outcome.h"
#include "status/report.h"

#include <cstdint>
#include <string>

namespace indexrun::commands {

namespace {

Result<int> become_program(Session& session, const Worker& worker,
                           const confine::Prepared& prepared) {
  CHECK(inputs::write(worker.inputs, worker.share.get()));
  return launch::exec({session.options.launch, worker.inputs, prepared, session.signals});
}

/// What a log should say although the exit status says it too: who or what ended the program.
void tell_end(const std::string& program, const launch::Outcome& outcome) {
  const std::string name = "launch: " + printable(program);
  if (outcome.timed_out || (outcome.status.signaled() && !outcome.stopped)) {
    log::print(log::Level::kError, name + (outcome.timed_out ? ": " : " ") + describe(outcome));
  }
  if (const std::uint64_t kills = outcome.oom_kills.value_or(0); kills > 0) {
    log::warning(name + ": meanwhile the kernel killed " + std::to_string(kills) +
                 (kills == 1 ? " process" : " processes") +
                 " of this container for want of memory; raise resources.limits.memory");
  }
}

}  // namespace

Result<int> run(Session& session) {
  if (session.options.share.each) {
    return run_each(session);
  }
  TRY(Worker worker, read_worker(session));
  if (worker.item.share_size == 0U) {
    return end_empty(session, worker.item);
  }
  TRY(const confine::Prepared prepared, confine::prepare(session.options.confine));
  // Judged before anything is written: what cannot work must leave nothing behind.
  TRY(const launch::Mode mode, choose_mode(session, prepared));
  CHECK(wait_at_gates(session, worker.item));
  if (mode == launch::Mode::kExec) {
    return become_program(session, worker, prepared);
  }
  const std::string program = worker.inputs.argv.front();
  TRY(const launch::Outcome outcome, run_attempts(session, worker, prepared));
  tell_end(program, outcome);
  const int exit_status = session.codes.of(outcome);
  status::add_outcome(session.record, outcome, session.codes);
  write_message(session, exit_status);
  return exit_status;
}

}  // namespace indexrun::commands
