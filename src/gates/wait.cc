// SPDX-License-Identifier: Apache-2.0
#include "gates/wait.h"

#include "base/fd.h"
#include "base/log.h"
#include "base/quote.h"
#include "base/signals.h"
#include "gates/file_waiter.h"
#include "gates/folders.h"
#include "gates/tcp_waiter.h"
#include "gates/waiter.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::gates {

namespace {

constexpr Milliseconds kFirstNotice{30'000};
constexpr Milliseconds kLongestNotice{60 * 60 * 1000};

struct Unmet {
  const Gate* gate;
  std::unique_ptr<Waiter> waiter;
};

class Wait {
 public:
  Wait(std::span<const Gate> gates, const Spec& spec);
  Result<void> run();

 private:
  /// Looks at all gates that are not met, and forgets those that are.
  Result<void> look();
  Result<void> pause(int stops);
  /// "No such file or directory; tcp:db:80: Connection refused": what the first and the others
  /// lack.
  [[nodiscard]] std::string seen() const;
  [[nodiscard]] Milliseconds waited() const;
  [[nodiscard]] Error fail(Failure failure, const std::string& problem) const;
  void tell_met(const Gate& gate) const;
  void notice();

  std::vector<Unmet> unmet_;
  Folders folders_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::optional<Deadline> limit_;
  Deadline next_notice_ = Deadline::in(kFirstNotice);
  Milliseconds notice_pause_ = kFirstNotice;
};

Wait::Wait(std::span<const Gate> gates, const Spec& spec) {
  for (const Gate& gate : gates) {
    std::unique_ptr<Waiter> waiter;
    if (gate.kind == Kind::kTcp) {
      waiter = std::make_unique<TcpWaiter>(gate);
    } else {
      waiter = std::make_unique<FileWaiter>(gate);
    }
    unmet_.push_back({&gate, std::move(waiter)});
  }
  if (spec.timeout) {
    limit_ = Deadline::in(*spec.timeout);
  }
}

void Wait::tell_met(const Gate& gate) const {
  LOG_CHOSEN("gates: " + printable(gate.text) + ": met after " + std::to_string(waited().count()) +
             " ms");
}

Result<void> Wait::look() {
  for (auto one = unmet_.begin(); one != unmet_.end();) {
    TRY(const bool met, one->waiter->look());
    if (met) {
      tell_met(*one->gate);
      one = unmet_.erase(one);
    } else {
      ++one;
    }
  }
  return {};
}

std::string Wait::seen() const {
  std::string text;
  for (const Unmet& one : unmet_) {
    text.append(text.empty() ? "" : "; " + printable(one.gate->text) + ": ");
    text.append(one.waiter->seen());
  }
  return text;
}

Milliseconds Wait::waited() const {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin_);
}

Error Wait::fail(Failure failure, const std::string& problem) const {
  return Error{.failure = failure,
               .stage = "gates",
               .object = unmet_.front().gate->text,
               .problem = problem + ": last seen: " + seen()};
}

void Wait::notice() {
  if (next_notice_.passed()) {
    log::warning("gates: " + printable(unmet_.front().gate->text) + ": still waiting after " +
                 std::to_string(waited().count() / 1000) + " s: " + seen());
    notice_pause_ = std::min(notice_pause_ * 2, kLongestNotice);
    next_notice_ = Deadline::in(notice_pause_);
  }
}

Result<void> Wait::pause(int stops) {
  Alarms alarms;
  alarms.on(stops, POLLIN);
  folders_.add_to(alarms);
  for (const Unmet& one : unmet_) {
    one.waiter->add_to(alarms);
  }
  alarms.by(next_notice_);
  if (limit_) {
    alarms.by(*limit_);
  }
  const auto left = static_cast<int>(std::min(alarms.at->left(), kLongestNotice).count());
  if (::poll(alarms.descriptors.data(), alarms.descriptors.size(), left) < 0 && errno != EINTR) {
    return Error{.failure = Failure::kInternal,
                 .stage = "gates",
                 .problem = "poll failed",
                 .system_error = errno};
  }
  folders_.drain();
  return {};
}

Result<void> Wait::run() {
  CHECK(look());
  if (unmet_.empty()) {
    return {};
  }
  const UniqueFd stops = watch_stop_signals();
  if (!stops.valid()) {
    return Error{.failure = Failure::kInput,
                 .stage = "gates",
                 .problem = "no descriptor to be told to stop with",
                 .system_error = errno};
  }
  LOG_CHOSEN("gates: " + printable(unmet_.front().gate->text) + ": waiting: " + seen());
  for (;;) {
    std::vector<std::string> paths;
    for (const Unmet& one : unmet_) {
      if (one.gate->kind != Kind::kTcp) {
        paths.push_back(one.gate->path);
      }
    }
    folders_.watch(paths);
    CHECK(look());
    if (unmet_.empty()) {
      return {};
    }
    if (const auto signal = pending_stop_signal()) {
      Error error =
          fail(Failure::kStopped, "stopped by signal " + signal_name(*signal) + " while waiting");
      error.signal = *signal;
      return error;
    }
    if (limit_ && limit_->passed()) {
      return fail(Failure::kInput,
                  "not met after " + std::to_string(waited().count()) + " ms (--wait-timeout)");
    }
    notice();
    CHECK(pause(stops.get()));
  }
}

}  // namespace

Result<void> wait(std::span<const Gate> gates, const Spec& spec) {
  return Wait(gates, spec).run();
}

}  // namespace indexrun::gates
