// SPDX-License-Identifier: Apache-2.0
#include "commands/each.h"

#include "base/log.h"
#include "commands/gates.h"
#include "commands/message.h"
#include "commands/mode.h"
#include "commands/worker.h"
#include "confine/prepare.h"
#include "share/share.h"
#include "status/report.h"

#include <string>
#include <utility>

namespace indexrun::commands {

namespace {

Error stopped_early(const share::Sum& sum) {
  return Error{.failure = Failure::kStopped,
               .stage = "share",
               .problem = "stopped by signal " + signal_name(sum.stop_signal) + " with " +
                          std::to_string(sum.not_run()) + " of " + std::to_string(sum.items) +
                          " items left to do",
               .signal = sum.stop_signal};
}

void add_counts(Record& record, const share::Sum& sum) {
  record.set("items", sum.items);
  record.set("succeeded", sum.succeeded);
  record.set("failed", sum.failed);
  record.set("skipped", sum.skipped);
}

/// How the first failed item ended, with the sums of the whole share.
int add_end(Session& session, const share::Sum& sum) {
  launch::Outcome end = sum.total;
  if (sum.first && sum.first->end) {
    end.status = sum.first->end->status;
    end.timed_out = sum.first->end->timed_out;
  }
  Record& record = session.record;
  status::add_outcome(record, end, session.codes);
  if (!sum.first) {
    return 0;
  }
  if (sum.first->error) {
    status::add_error(record, *sum.first->error, session.codes);
  }
  record.set("reason", sum.first->reason);
  record.set("exit", std::int64_t{sum.first->status});
  return sum.first->status;
}

}  // namespace

Result<int> run_each(Session& session) {
  const options::Options& options = session.options;
  TRY(const Task task, read_task(session));
  if (task.share->size() == 0) {
    return end_empty(session, task.share->task());
  }
  TRY(const confine::Prepared prepared, confine::prepare(options.confine));
  CHECK(choose_mode(session, prepared));
  CHECK(wait_at_gates(session, task.share->task()));
  TRY(share::Sum sum,
      share::run({options.share, options.inputs, options.launch, prepared, session.signals,
                  session.environment, session.codes, *task.share}));
  add_counts(session.record, sum);
  if (sum.error) {
    return std::move(*sum.error);
  }
  if (sum.stop_signal != 0 && sum.not_run() > 0) {
    return stopped_early(sum);
  }
  const int exit_status = add_end(session, sum);
  write_message(session, exit_status);
  return exit_status;
}

}  // namespace indexrun::commands
