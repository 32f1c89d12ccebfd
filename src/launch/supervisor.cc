// SPDX-License-Identifier: Apache-2.0
#include "launch/supervisor.h"

#include "base/log.h"
#include "base/signals.h"
#include "launch/ending.h"
#include "launch/forward.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <utility>

#include <unistd.h>

namespace indexrun::launch {

Supervisor::Supervisor(const Spec& spec, Loop& loop, const Terminal& terminal, Child child)
    : spec_(spec), loop_(loop), terminal_(terminal), child_(child) {
  loop_.watch(child_.pid);
  if (spec_.timeout) {
    limit_end_ = Deadline::in(*spec_.timeout);
    limit_ = loop_.arm(*limit_end_);
  }
}

Outcome Supervisor::run() {
  while (!ended_) {
    const Event event = loop_.next();
    switch (event.kind) {
      case Event::Kind::kSignal:
        on_signal(event.signal);
        break;
      case Event::Kind::kEnded:
        on_ended(event);
        break;
      case Event::Kind::kStopped:
        on_stopped(event.status.signal);
        break;
      case Event::Kind::kContinued:
        child_stopped_ = false;
        break;
      case Event::Kind::kTimer:
        on_timer(event.timer);
        break;
      case Event::Kind::kReady:
        on_ready(event.fd);
        break;
    }
  }
  return outcome_;
}

void Supervisor::on_signal(const signalfd_siginfo& signal) {
  const int number = static_cast<int>(signal.ssi_signo);
  if (number == SIGCONT && spec_.map_signal(SIGCONT) == SIGCONT) {
    on_continue();
    return;
  }
  if (is_of_our_writing(signal)) {
    return;
  }
  const bool ends = number == SIGTERM || spec_.map_signal(number) == SIGTERM;
  const int sent = forward_signal(spec_, signal, child_.pid, ends && grace_.has_value());
  if (sent == 0) {
    return;
  }
  stop_forwarded_ = stop_forwarded_ || is_terminal_stop(sent);
  outcome_.stopped = outcome_.stopped || is_stop_signal(number) || is_stop_signal(sent);
  if (is_stop_signal(sent)) {
    last_stop_ = sent;
  }
  if (ends) {
    told_to_end(sent);
  }
}

/// TERM is the one signal that nothing can mean but "end".
void Supervisor::told_to_end(int signal) {
  last_stop_ = signal;
  resume();
  if (grace_) {
    hurry();
  } else {
    begin_grace();
  }
}

/// A shell continued us as its job, in the foreground or not; or somebody sent CONT: the program
/// gets what we got.
void Supervisor::on_continue() {
  if (terminal_.ours()) {
    terminal_.give(child_.pid);
  }
  send_signal(-child_.pid, SIGCONT);
  child_stopped_ = false;
  stop_forwarded_ = false;
}

void Supervisor::on_stopped(int signal) {
  child_stopped_ = true;
  // It was told to end: stopped, it could not. The TERM may have come just before this was seen.
  if (grace_) {
    resume();
    return;
  }
  // Whoever stopped the program without a terminal, and past us, will also continue it.
  if (!is_terminal_stop(signal) || (terminal_.fd() < 0 && !stop_forwarded_)) {
    return;
  }
  // In the background it wanted the terminal, which has come to us meanwhile (fg).
  if (signal != SIGTSTP && terminal_.ours()) {
    on_continue();
    return;
  }
  if (nobody_would_continue_us()) {
    resume();
    return;
  }
  // The shell waits for its whole job to stop: our group, of which the program is no part. We go on
  // from here when the shell continues it, and then find its CONT among the signals.
  // Without a terminal of ours the rest of the job got the stop as we did.
  terminal_.take_back_from(child_.pid);
  static_cast<void>(::kill(terminal_.fd() < 0 ? ::getpid() : 0, SIGSTOP));
}

void Supervisor::on_timer(TimerId timer) {
  if (timer == limit_) {
    LOG_CHOSEN("launch: the time limit is reached");
    limit_.reset();
    outcome_.timed_out = true;
    stop_ourselves();
  } else if (timer == group_turn_) {
    LOG_CHOSEN("launch: half of the grace period is over: now its whole group is told");
    group_turn_.reset();
    send_to_group(child_.pid, last_stop_);
  } else if (timer == grace_) {
    LOG_CHOSEN("launch: the grace period is over");
    // It may have left the group that we made for it.
    send_signal(-child_.pid, SIGKILL);
    send_signal(child_.pid, SIGKILL);
  }
}

void Supervisor::stop_ourselves() {
  last_stop_ = send_stop(spec_, child_.pid);
  resume();
  begin_grace();
}

void Supervisor::on_ended(const Event& event) {
  ended_ = true;
  record_end(outcome_, event, child_);
  for (const auto& timer : {limit_, grace_, group_turn_}) {
    if (timer) {
      loop_.cancel(*timer);
    }
  }
}

Farewell Supervisor::farewell() const {
  Farewell farewell;
  const bool group = spec_.signal_to != SignalTo::kProgram;
  if (group && last_stop_ != 0) {
    farewell.signal = last_stop_;
  }
  farewell.grace = spec_.grace.value_or(kLeftoverGrace);
  if (grace_end_) {
    // One grace period for all of them, or the kubelet's would be over before ours.
    farewell.grace = std::min(farewell.grace, grace_end_->left());
  } else if (spec_.wait_all) {
    farewell.wait = &spec_;
    farewell.limit = limit_end_;
  }
  return farewell;
}

/// Half an input must not look like a whole one: the program is told to end, and its status is not
/// believed.
void Supervisor::on_ready(int fd) {
  if (copies_ != nullptr) {
    copies_->ready(fd);
  }
  if (denials_ != nullptr) {
    denials_->ready(fd);
  }
  if (feed_ == nullptr || fd != feed_->fd()) {
    return;
  }
  if (auto fed = feed_->ready(); !fed) {
    feed_error_ = std::move(fed).error();
    if (!ended_) {
      stop_ourselves();
    }
  }
}

/// A second TERM does not begin it anew.
void Supervisor::begin_grace() {
  if (grace_) {
    return;
  }
  const Milliseconds grace = spec_.grace.value_or(kDefaultGrace);
  grace_end_ = Deadline::in(grace);
  grace_ = loop_.arm(*grace_end_);
  if (spec_.signal_to == SignalTo::kProgramThenGroup) {
    group_turn_ = loop_.arm(Deadline::in(grace / 2));
  }
}

void Supervisor::hurry() {
  const Deadline soon = Deadline::in(kHurriedGrace);
  if (soon < *grace_end_) {
    loop_.cancel(*grace_);
    grace_end_ = soon;
    grace_ = loop_.arm(soon);
  }
}

/// TERM waits as long as the program is stopped.
void Supervisor::resume() {
  if (child_stopped_) {
    send_signal(-child_.pid, SIGCONT);
    child_stopped_ = false;
  }
}

}  // namespace indexrun::launch
