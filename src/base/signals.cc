// SPDX-License-Identifier: Apache-2.0
#include "base/signals.h"

#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <sys/signalfd.h>

namespace indexrun {

namespace {

constexpr std::array kFaults{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};

sigset_t& stops() {
  static sigset_t set = usual_stop_signals();
  return set;
}

std::optional<int> parse_real_time(std::string_view name) {
  constexpr std::string_view kMin = "RTMIN";
  constexpr std::string_view kMax = "RTMAX";
  const bool from_min = name.starts_with(kMin);
  if (!from_min && !name.starts_with(kMax)) {
    return std::nullopt;
  }
  const std::string_view rest = name.substr(kMin.size());
  if (rest.empty()) {
    return from_min ? SIGRTMIN : SIGRTMAX;
  }
  const auto offset = parse_decimal(rest.substr(1));
  if (rest.front() != (from_min ? '+' : '-') || !offset ||
      *offset > static_cast<std::uint64_t>(SIGRTMAX - SIGRTMIN)) {
    return std::nullopt;
  }
  const int distance = static_cast<int>(*offset);
  return from_min ? SIGRTMIN + distance : SIGRTMAX - distance;
}

}  // namespace

InheritedSignals take_signals() {
  InheritedSignals inherited;
  sigset_t blocked;
  sigfillset(&blocked);
  for (const int fault : kFaults) {
    sigdelset(&blocked, fault);
  }
  ::sigprocmask(SIG_SETMASK, &blocked, &inherited.mask);
  struct sigaction normal {};
  normal.sa_handler = SIG_DFL;
  struct sigaction old {};
  ::sigaction(SIGCHLD, &normal, &old);
  inherited.child_ignored = old.sa_handler == SIG_IGN;
  return inherited;
}

void restore_signals(const InheritedSignals& inherited) noexcept {
  if (inherited.child_ignored) {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGCHLD, &ignore, nullptr);
  }
  ::sigprocmask(SIG_SETMASK, &inherited.mask, nullptr);
}

bool is_forwarded(int signal) {
  return signal != SIGCHLD && signal != SIGKILL && signal != SIGSTOP &&
         std::find(kFaults.begin(), kFaults.end(), signal) == kFaults.end();
}

sigset_t usual_stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) {
    sigaddset(&set, signal);
  }
  return set;
}

void set_stop_signals(const sigset_t& signals) {
  stops() = signals;
}

bool is_stop_signal(int signal) {
  return sigismember(&stops(), signal) == 1;
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

std::optional<int> pending_stop_signal(Milliseconds patience) {
  constexpr Milliseconds::rep kSecond = 1000;
  constexpr long kNanoseconds = 1'000'000;
  const Deadline deadline = Deadline::in(patience);
  for (;;) {
    const Milliseconds::rep left = deadline.left().count();
    const timespec time{left / kSecond, left % kSecond * kNanoseconds};
    const int signal = ::sigtimedwait(&stops(), nullptr, &time);
    // An ignored signal that is blocked is still queued (signal(7)); taking it off loses nothing.
    if (signal > 0 && !is_ignored(signal)) {
      return signal;
    }
    if (signal < 0 && errno != EINTR) {
      return std::nullopt;
    }
  }
}

UniqueFd watch_stop_signals() {
  sigset_t wanted = stops();
  for (int signal = 1; signal < NSIG; ++signal) {
    if (is_stop_signal(signal) && is_ignored(signal)) {
      sigdelset(&wanted, signal);
    }
  }
  return UniqueFd(::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
}

std::string signal_name(int signal) {
  if (const char* name = sigabbrev_np(signal); name != nullptr) {
    return name;
  }
  if (signal >= SIGRTMIN && signal <= SIGRTMAX) {
    return signal == SIGRTMIN ? "RTMIN" : "RTMIN+" + std::to_string(signal - SIGRTMIN);
  }
  return std::to_string(signal);
}

std::optional<int> parse_signal(std::string_view text) {
  if (const auto number = parse_decimal(text)) {
    return *number >= 1 && *number < NSIG ? std::optional<int>(static_cast<int>(*number))
                                          : std::nullopt;
  }
  std::string name(text);
  for (char& c : name) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  if (name.starts_with("SIG")) {
    name.erase(0, 3);
  }
  for (int signal = 1; signal < SIGSYS + 1; ++signal) {
    if (const char* known = sigabbrev_np(signal); known != nullptr && name == known) {
      return signal;
    }
  }
  return parse_real_time(name);
}

}  // namespace indexrun
