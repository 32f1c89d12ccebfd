// SPDX-License-Identifier: Apache-2.0
// The loop, and what happens to items that run.
#include "share/conductor.h"

#include "base/log.h"
#include "base/signals.h"
#include "launch/ending.h"
#include "launch/forward.h"
#include "launch/limit_reached.h"
#include "launch/terminal.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

namespace indexrun::share {

namespace {

using launch::Event;

/// It may have ended without our having seen it: then it was not we who stopped it.
bool still_runs(pid_t pid) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == 0;
}

}  // namespace

Conductor::Conductor(const Request& request, launch::Loop& loop, Relay& relay, Starter& starter)
    : request_(request),
      loop_(loop),
      relay_(relay),
      starter_(starter),
      progress_(loop, relay, !starter.relayed() && !request.spec.log_dir),
      slots_(request.spec.parallel) {
  sum_.items = request.items.size();
  sum_.total.attempts = 0;
}

Sum Conductor::run() {
  const auto begun = std::chrono::steady_clock::now();
  if (const auto signal = pending_stop_signal()) {
    sum_.stop_signal = *signal;
    stopping_ = signalled_ = true;
  }
  for (;;) {
    const bool more = begin_next();
    if (over()) {
      break;
    }
    // One event between two beginnings, so that a signal never waits for long.
    if (const auto event = more ? loop_.poll() : std::optional(loop_.next())) {
      handle(*event);
    }
    finish_ended();
    limit_last_writes();
    relay_.flush();
    check_relay();
  }
  progress_.end();
  sum_.total.duration =
      std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begun);
  return std::move(sum_);
}

bool Conductor::over() const {
  return running_ == 0 && (stopping_ || (exhausted_ && waiting_.empty()));
}

Job* Conductor::job_of(pid_t pid) const {
  for (const Slot& job : slots_) {
    if (job && !job->ended && job->child.pid == pid) {
      return job.get();
    }
  }
  return nullptr;
}

void Conductor::handle(const Event& event) {
  switch (event.kind) {
    case Event::Kind::kSignal:
      on_signal(event.signal);
      break;
    case Event::Kind::kEnded:
      on_ended(event);
      break;
    case Event::Kind::kStopped:
      on_stopped(event);
      break;
    case Event::Kind::kContinued:
      if (Job* job = job_of(event.pid)) {
        job->suspended = false;
      }
      break;
    case Event::Kind::kTimer:
      on_timer(event.timer);
      break;
    case Event::Kind::kReady:
      relay_.ready(event.fd);
      break;
  }
}

void Conductor::on_signal(const signalfd_siginfo& signal) {
  const int number = static_cast<int>(signal.ssi_signo);
  if (launch::is_of_our_writing(signal)) {
    return;
  }
  if (launch::is_terminal_stop(number)) {
    on_terminal_stop(number);
    return;
  }
  if (is_stop_signal(number) && !is_ignored(number)) {
    if (!stopping_) {
      sum_.stop_signal = number;
    }
    signalled_ = true;
    stop(request_.launch.map_signal(number));
    return;
  }
  for (const Slot& job : slots_) {
    if (job && !job->ended && number == SIGCONT) {
      launch::send_to_group(job->child.pid, SIGCONT);
      job->suspended = false;
    } else if (job && !job->ended) {
      launch::forward_signal(request_.launch, signal, job->child.pid);
    }
  }
}

/// The items are no part of the job that the terminal's shell stops and continues: we are.
void Conductor::on_terminal_stop(int signal) {
  if (launch::nobody_would_continue_us()) {
    return;
  }
  for (const Slot& job : slots_) {
    if (job && !job->ended) {
      launch::send_to_group(job->child.pid, signal);
    }
  }
  static_cast<void>(::kill(::getpid(), SIGSTOP));
}

void Conductor::on_stopped(const Event& event) {
  Job* job = job_of(event.pid);
  if (job == nullptr) {
    return;
  }
  job->suspended = true;
  if (job->told || job->outcome.timed_out) {
    launch::send_to_group(job->child.pid, SIGCONT);
  } else if (event.status.signal == SIGTTIN || event.status.signal == SIGTTOU) {
    log::warning("share: " + name_of(job->item) + ": stopped by " +
                 signal_name(event.status.signal) + ", as items do not get the terminal");
  }
}

void Conductor::on_timer(launch::TimerId timer) {
  if (progress_.on_timer(timer, sum_, running_)) {
    return;
  }
  if (timer == grace_) {
    LOG_CHOSEN("share: the grace period is over");
    grace_.reset();
    kill_all();
    return;
  }
  if (timer == last_writes_) {
    last_writes_.reset();
    relay_.abandon();
    return;
  }
  for (const Slot& job : waiting_) {
    if (job->repeat == timer) {
      job->repeat.reset();
      return;
    }
  }
  for (const Slot& job : slots_) {
    if (job && !job->ended && (job->limit == timer || job->grace == timer)) {
      on_job_timer(*job, timer);
      return;
    }
  }
}

void Conductor::on_job_timer(Job& job, launch::TimerId timer) {
  if (timer == job.grace) {
    job.grace.reset();
    launch::send_to_group(job.child.pid, SIGKILL);
    return;
  }
  job.limit.reset();
  if (still_runs(job.child.pid)) {
    job.outcome.timed_out = true;
    launch::send_to_group(job.child.pid, request_.launch.map_signal.stop());
    launch::send_to_group(job.child.pid, SIGCONT);
    job.grace = loop_.arm(Deadline::in(request_.launch.grace.value_or(launch::kDefaultGrace)));
  }
}

void Conductor::on_ended(const Event& event) {
  Job* job = job_of(event.pid);
  if (job == nullptr) {
    return;
  }
  job->ended = true;
  launch::record_end(job->outcome, event, job->child);
  job->outcome.limit = launch::limit_reached(request_.prepared, job->outcome);
  job->outcome.stopped = job->told;
  job->outcome.attempts = job->attempt + 1;
  for (const auto& timer : {job->limit, job->grace}) {
    if (timer) {
      loop_.cancel(*timer);
    }
  }
  sum_.total.attempts += 1;
  sum_.total.cpu_time += job->outcome.cpu_time;
  sum_.total.peak_memory_kb = std::max(sum_.total.peak_memory_kb, job->outcome.peak_memory_kb);
  relay_.end(job->slot);
  job->folders.remove();
}

/// Nothing new begins. A second call passes the signal on and leaves the grace period as it is.
void Conductor::stop(int signal) {
  stopping_ = true;
  for (const Slot& job : waiting_) {
    if (job->repeat) {
      loop_.cancel(*job->repeat);
    }
  }
  waiting_.clear();
  for (const Slot& job : slots_) {
    if (job) {
      tell(*job, signal);
    }
  }
  if (!grace_ && running_ > 0) {
    grace_ = loop_.arm(Deadline::in(request_.launch.grace.value_or(launch::kDefaultGrace)));
  }
}

void Conductor::tell(Job& job, int signal) {
  if (job.ended || !still_runs(job.child.pid)) {
    return;
  }
  job.told = true;
  job.killed = signal == SIGKILL;
  launch::send_to_group(job.child.pid, signal);
  if (job.suspended) {
    launch::send_to_group(job.child.pid, SIGCONT);
  }
}

void Conductor::kill_all() {
  for (const Slot& job : slots_) {
    if (job) {
      tell(*job, SIGKILL);
    }
  }
  limit_last_writes();
}

/// A failure ends the share, but not the time that a slow reader has; a signal does.
void Conductor::limit_last_writes() {
  const bool runs = std::ranges::any_of(
      slots_, [](const Slot& job) { return job && !job->ended && !job->killed; });
  if (signalled_ && !runs && running_ > 0 && !last_writes_ && !relay_.abandoned()) {
    last_writes_ = loop_.arm(Deadline::in(kLastWrites));
  }
}

/// The same for every item, or for nobody to repair: the share ends.
void Conductor::give_up(Error error) {
  if (!sum_.error) {
    sum_.error = std::move(error);
  }
  if (!stopping_) {
    stop(request_.launch.map_signal.stop());
  }
}

void Conductor::check_relay() {
  // What was given up on request is told at the end.
  if (sum_.error || relay_.abandoned()) {
    return;
  }
  if (auto error = relay_.error()) {
    give_up(std::move(*error));
  }
}

}  // namespace indexrun::share
