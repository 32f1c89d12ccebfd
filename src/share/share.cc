// SPDX-License-Identifier: Apache-2.0
// The stage from its beginning to its end.
#include "share/share.h"

#include "base/log.h"
#include "base/signals.h"
#include "launch/leftovers.h"
#include "launch/loop.h"
#include "launch/reaper.h"
#include "share/conductor.h"
#include "share/relay.h"
#include "share/starter.h"

#include <optional>
#include <string>

namespace indexrun::share {

namespace {

/// Waits for the readers of our streams, unless we are or were told not to.
void write_rest(launch::Loop& loop, Relay& relay, bool told) {
  std::optional<launch::TimerId> timer;
  if (told && !relay.idle()) {
    timer = loop.arm(Deadline::in(kLastWrites));
  }
  while (!relay.idle()) {
    const launch::Event event = loop.next();
    if (event.kind == launch::Event::Kind::kReady) {
      relay.ready(event.fd);
    } else if (event.kind == launch::Event::Kind::kTimer && timer == event.timer) {
      relay.abandon();
    } else if (event.kind == launch::Event::Kind::kSignal && !timer &&
               is_stop_signal(static_cast<int>(event.signal.ssi_signo))) {
      timer = loop.arm(Deadline::in(kLastWrites));
    }
  }
}

void tell(const Sum& sum) {
  LOG_CHOSEN("share: " + std::to_string(sum.items) + (sum.items == 1 ? " item: " : " items: ") +
             std::to_string(sum.succeeded) + " ended with 0, " + std::to_string(sum.failed) +
             " failed, " + std::to_string(sum.skipped) + " skipped, " +
             std::to_string(sum.not_run()) + " not run");
}

/// Nobody who meant each of them to be run may take it for granted.
void warn_of_equals(std::uint64_t count) {
  if (count > 0) {
    log::warning("share: --done-dir: " + std::to_string(count) +
                 (count == 1 ? " item was" : " items were") +
                 " not run, as an equal item of the share with the same command is done; put "
                 "{index} into the command if each is to be run");
  }
}

/// What the failed items have put on its way before must not be lost either.
void finish(launch::Loop& loop, Relay& relay, bool told, Sum& sum) {
  relay.leave();
  launch::end_leftovers(loop);
  relay.drain();
  tell(sum);
  relay.flush();
  write_rest(loop, relay, told);
  if (told) {
    relay.check_reader(kLastWrites);
  }
  const bool stopped = sum.stop_signal != 0 && sum.not_run() > 0;
  if (!sum.error && !stopped) {
    sum.error = relay.error();
  }
  if (!sum.error && !stopped && !sum.first && sum.not_run() > 0) {
    sum.error = Error{.failure = Failure::kInternal,
                      .stage = "share",
                      .problem = std::to_string(sum.not_run()) + " of " +
                                 std::to_string(sum.items) + " items have not been run"};
  }
}

}  // namespace

Result<Sum> run(const Request& request) {
  TRY(launch::Loop loop, launch::Loop::open());
  launch::become_reaper(request.launch.parent_death_signal);
  Relay relay(loop, request.spec.parallel);
  TRY(Starter starter, Starter::open(request, relay));
  Conductor conductor(request, loop, relay, starter);
  Sum sum = conductor.run();
  warn_of_equals(starter.equals_skipped());
  finish(loop, relay, conductor.signalled(), sum);
  return sum;
}

}  // namespace indexrun::share
