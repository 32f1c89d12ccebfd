// SPDX-License-Identifier: Apache-2.0
// Which item comes next, and what becomes of it when it has ended.
#include "base/log.h"
#include "launch/outcome.h"
#include "share/conductor.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace indexrun::share {

namespace {

/// A program's own 196 to 199 would look like ours.
int unmistakable(int status, const launch::Outcome& outcome) {
  constexpr int kFirstOwn = 196;
  constexpr int kLastOwn = 199;
  const bool programs = !outcome.timed_out && status == outcome.status.exit_code();
  return programs && status >= kFirstOwn && status <= kLastOwn ? 1 : status;
}

/// Every other item would meet it too.
bool concerns_all(Failure failure) {
  return failure == Failure::kConfig || failure == Failure::kConfine ||
         failure == Failure::kInternal;
}

}  // namespace

bool Conductor::begin_next() {
  if (stopping_ || over()) {
    return false;
  }
  const auto free = std::find(slots_.begin(), slots_.end(), nullptr);
  if (free == slots_.end()) {
    return false;
  }
  std::unique_ptr<Job> job = next_job();
  if (!job) {
    return std::exchange(unread_, false);
  }
  job->slot = static_cast<std::uint32_t>(free - slots_.begin());
  auto started = starter_.start(*job, slots_);
  if (!started) {
    relay_.drop(job->slot);
    on_not_started(std::move(job), std::move(started).error());
  } else if (*started == Starter::Started::kSkipped) {
    ++sum_.skipped;
    progress_.changed();
  } else {
    on_started(std::move(job));
  }
  return true;
}

/// Who waits for another attempt has been there longer than who comes now.
std::unique_ptr<Job> Conductor::next_job() {
  const auto ready =
      std::find_if(waiting_.begin(), waiting_.end(), [](const Slot& job) { return !job->repeat; });
  if (ready != waiting_.end()) {
    std::unique_ptr<Job> job = std::move(*ready);
    waiting_.erase(ready);
    return job;
  }
  return exhausted_ || waiting_.size() >= kMostWaiting ? nullptr : read_job();
}

std::unique_ptr<Job> Conductor::read_job() {
  auto item = request_.items.next();
  if (!item && item.error().failure != Failure::kItem) {
    give_up(std::move(item).error());  // the list itself: no other item can be read either
    return nullptr;
  }
  if (item && !*item) {
    exhausted_ = true;
    return nullptr;
  }
  auto job = std::make_unique<Job>();
  if (item) {
    job->item = std::move(**item);
    return job;
  }
  job->item.position = request_.items.position();
  unread_ = true;
  on_not_started(std::move(job), std::move(item).error());
  return nullptr;
}

void Conductor::on_started(std::unique_ptr<Job> job) {
  loop_.watch(job->child.pid);
  if (request_.launch.timeout) {
    job->limit = loop_.arm(Deadline::in(*request_.launch.timeout));
  }
  LOG_HOW("share: " + name_of(job->item) + ": process " + std::to_string(job->child.pid) +
          " in slot " + std::to_string(job->slot));
  const std::size_t slot = job->slot;
  slots_[slot] = std::move(job);
  ++running_;
  progress_.changed();
}

void Conductor::on_not_started(std::unique_ptr<Job> job, Error error) {
  if (error.failure == Failure::kStopped) {
    if (!stopping_) {
      sum_.stop_signal = error.signal;
    }
    stop(error.signal);
    return;
  }
  if (concerns_all(error.failure)) {
    give_up(std::move(error));
    return;
  }
  Failed failed{.position = job->item.position,
                .status = request_.codes.of(error),
                .reason = name_of(job->item) + ": " + error.message()};
  failed.error = std::move(error);
  attempt_failed(std::move(job), std::move(failed));
}

void Conductor::finish_ended() {
  for (Slot& job : slots_) {
    if (job && job->ended && relay_.passed_on(job->slot)) {
      --running_;
      finish(std::move(job));
      progress_.changed();
    }
  }
}

void Conductor::finish(std::unique_ptr<Job> job) {
  if (starter_.relayed() && relay_.error()) {
    return;  // what it wrote may be lost: it has to be run again
  }
  const int status = unmistakable(request_.codes.of(job->outcome), job->outcome);
  const bool stopped = job->told && !job->outcome.timed_out;
  if (status == 0 && (!stopped || request_.codes.allows_term_success())) {
    succeed(*job);
    return;
  }
  if (stopped) {
    LOG_CHOSEN("share: " + name_of(job->item) + ": " + launch::describe(job->outcome) +
               ", having been told to stop");
    return;
  }
  Failed failed{.position = job->item.position,
                .status = status,
                .reason = name_of(job->item) + ": " + launch::describe(job->outcome)};
  failed.end = job->outcome;
  attempt_failed(std::move(job), std::move(failed));
}

void Conductor::succeed(Job& job) {
  auto marked = starter_.mark(job);
  if (marked) {
    ++sum_.succeeded;
    return;
  }
  Error error = std::move(marked).error();
  fail(Failed{.position = job.item.position,
              .status = request_.codes.of(error),
              .reason = name_of(job.item) + ": " + error.message(),
              .error = error},
       error.hint);
}

void Conductor::attempt_failed(std::unique_ptr<Job> job, Failed failed) {
  const launch::Retry& retry = request_.launch.retry;
  const bool may_pass = failed.error ? failed.error->failure == Failure::kInput
                                     : retry.covers(failed.end->status, failed.end->timed_out);
  const bool repeatable = may_pass && job->attempt < retry.retries;
  if (repeatable && stopping_) {
    LOG_CHOSEN("share: " + failed.reason + "; not tried again, as the share is stopped");
    return;
  }
  if (repeatable) {
    const Milliseconds pause = launch::pause_after(job->attempt, retry.backoff);
    LOG_CHOSEN("share: " + failed.reason + "; attempt " + std::to_string(job->attempt + 2) +
               " of " + std::to_string(retry.retries + 1) + " in " + std::to_string(pause.count()) +
               " ms");
    auto again = std::make_unique<Job>();
    again->item = std::move(job->item);
    again->attempt = job->attempt + 1;
    again->mark = std::move(job->mark);
    again->log_name = std::move(job->log_name);
    again->repeat = loop_.arm(Deadline::in(pause));
    waiting_.push_back(std::move(again));
    return;
  }
  if (job->attempt > 0) {
    failed.reason += ", after " + std::to_string(job->attempt + 1) + " attempts";
  }
  const std::string hint = failed.error ? failed.error->hint : std::string();
  fail(std::move(failed), hint);
}

void Conductor::fail(Failed failed, const std::string& hint) {
  log::print(
      Error{.failure = Failure::kItem, .stage = "share", .problem = failed.reason, .hint = hint});
  ++sum_.failed;
  if (!sum_.first || failed.position < sum_.first->position) {
    sum_.first = std::move(failed);
  }
  if (!request_.spec.keep_going && !stopping_) {
    stop(request_.launch.map_signal.stop());
  }
}

}  // namespace indexrun::share
