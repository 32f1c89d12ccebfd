// SPDX-License-Identifier: Apache-2.0
#include "commands/attempts.h"

#include "base/log.h"
#include "base/quote.h"
#include "base/signals.h"
#include "inputs/expand.h"
#include "inputs/whole_share.h"
#include "inputs/write.h"
#include "launch/outcome.h"
#include "launch/retry.h"
#include "launch/supervise.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace indexrun::commands {

namespace {

/// What nobody asks for once the program runs. An environment may be large, and is there twice.
void forget(Session& session, Worker& worker) {
  worker.inputs = inputs::Inputs();
  session.environment = Environment();
  session.options.inputs = inputs::Spec();
  session.options.items = items::Spec();
}

Result<launch::Outcome> run_once(Session& session, Worker& worker,
                                 const confine::Prepared& prepared, std::uint32_t attempt) {
  CHECK(inputs::write(worker.inputs, worker.share.get()));
  launch::Request request{
      session.options.launch, worker.inputs, prepared, session.signals, {session.message.fd()}};
  request.attempt = attempt;
  request.again = attempt < session.options.launch.retry.retries;
  if (!request.again && worker.share == nullptr) {
    request.forget = [&] { forget(session, worker); };
  }
  std::optional<inputs::ShareLines> lines;
  if (worker.inputs.stdin_share_bytes) {
    request.input = &lines.emplace(*worker.share);
  }
  return launch::supervise(request);
}

/// Told to stop is not failed, however it ended.
bool worth_repeating(const Session& session, const launch::Outcome& outcome) {
  return session.codes.of(outcome) != 0 && !outcome.stopped &&
         session.options.launch.retry.covers(outcome.status, outcome.timed_out);
}

void add(launch::Outcome& total, const launch::Outcome& outcome) {
  launch::Outcome sum = outcome;
  sum.duration += total.duration;
  sum.cpu_time += total.cpu_time;
  sum.peak_memory_kb = std::max(sum.peak_memory_kb, total.peak_memory_kb);
  if (total.oom_kills) {
    sum.oom_kills = sum.oom_kills.value_or(0) + *total.oom_kills;
  }
  if (total.denials) {
    sum.denials = sum.denials.value_or(0) + *total.denials;
  }
  total = std::move(sum);
}

Error stopped_between(int signal, std::uint32_t attempts, const launch::Outcome& outcome) {
  return Error{.failure = Failure::kStopped,
               .stage = "launch",
               .problem = "stopped by " + signal_name(signal) + " before attempt " +
                          std::to_string(attempts + 1) + "; in the one before the program " +
                          describe(outcome),
               .signal = signal};
}

}  // namespace

Result<launch::Outcome> run_attempts(Session& session, Worker& worker,
                                     const confine::Prepared& prepared) {
  const launch::Retry& retry = session.options.launch.retry;
  launch::Outcome total;
  const std::string program = printable(worker.inputs.argv.front());
  for (std::uint32_t attempt = 0;; ++attempt) {
    if (attempt > 0) {
      TRY(worker.inputs,
          inputs::expand(session.options.inputs, worker.item, inputs::Turn{.attempt = attempt},
                         session.environment, worker.share.get()));
    }
    TRY(const launch::Outcome outcome, run_once(session, worker, prepared, attempt));
    add(total, outcome);
    total.attempts = attempt + 1;
    if (attempt == retry.retries || !worth_repeating(session, outcome)) {
      return total;
    }
    const Milliseconds pause = launch::pause_after(attempt, retry.backoff);
    LOG_CHOSEN("launch: " + program + ": " + describe(outcome) + "; attempt " +
               std::to_string(attempt + 2) + " of " + std::to_string(retry.retries + 1) + " in " +
               std::to_string(pause.count()) + " ms");
    if (const auto signal = pending_stop_signal(pause)) {
      return stopped_between(*signal, attempt + 1, outcome);
    }
  }
}

}  // namespace indexrun::commands
