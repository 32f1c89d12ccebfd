// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <sys/prctl.h>
#include <unistd.h>

namespace probe {
namespace {

void say(const char* text) {
  std::printf("%s\n", text);
}

void say_signal(int signal) {
  const char* name = sigabbrev_np(signal);
  if (name != nullptr) {
    say(name);
  } else {
    std::printf("%d\n", signal);
  }
}

/// Waits for ever, at no cost.
[[noreturn]] void sleep_on() {
  for (;;) {
    static_cast<void>(::pause());
  }
}

/// A process whose parent is gone by the time the first fork's child has been waited for.
template <typename Act>
void detach(Act act) {
  if (::fork() == 0) {
    if (::fork() == 0) {
      act();
    }
    ::_exit(0);
  }
}

}  // namespace

int exit_with(Arguments arguments) {
  return arguments.empty() ? 0 : number(arguments[0]);
}

int die(Arguments arguments) {
  const int signal = signal_number(arguments.empty() ? "KILL" : arguments[0]);
  static_cast<void>(std::signal(signal, SIG_DFL));
  sigset_t mask;
  sigemptyset(&mask);
  static_cast<void>(::sigprocmask(SIG_SETMASK, &mask, nullptr));
  static_cast<void>(::raise(signal));
  sleep_on();
}

/// `record-signals [COUNT [STATUS]]`: says "ready", then the name of each signal that comes (with
/// "=VALUE" if it was sent with one), and exits with STATUS after COUNT of them.
int record_signals(Arguments arguments) {
  const int count = arguments.empty() ? 1'000'000 : number(arguments[0]);
  const int status = arguments.size() < 2 ? 0 : number(arguments[1]);
  sigset_t all;
  sigfillset(&all);
  static_cast<void>(::sigprocmask(SIG_SETMASK, &all, nullptr));
  // It takes every signal but KILL: a test that kills its parent would leave it behind.
  static_cast<void>(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0));
  say("ready");
  for (int seen = 0; seen < count; ++seen) {
    siginfo_t info{};
    const int signal = ::sigwaitinfo(&all, &info);
    if (signal > 0 && info.si_code == SI_QUEUE) {
      std::printf("%d=%d\n", signal, info.si_value.sival_int);
    } else if (signal > 0) {
      say_signal(signal);
    }
  }
  return status;
}

/// `fork-orphans N`: N grandchildren that end at once, none of them waited for.
int fork_orphans(Arguments arguments) {
  for (int left = arguments.empty() ? 1 : number(arguments[0]); left > 0; --left) {
    detach([] { ::_exit(0); });
  }
  return 0;
}

/// `leave-behind obedient|stubborn|session|stopped`: a grandchild that outlives us; says its pid.
int leave_behind(Arguments arguments) {
  const char* kind = arguments.empty() ? "obedient" : arguments[0];
  int ready[2];
  if (::pipe(ready) != 0) {
    return 2;
  }
  detach([kind, &ready] {
    if (std::strcmp(kind, "stubborn") == 0) {
      static_cast<void>(std::signal(SIGTERM, SIG_IGN));
    } else if (std::strcmp(kind, "session") == 0) {
      static_cast<void>(::setsid());
    }
    const pid_t self = ::getpid();
    if (::write(ready[1], &self, sizeof self) != sizeof self) {
      ::_exit(2);
    }
    if (std::strcmp(kind, "stopped") == 0) {
      static_cast<void>(::raise(SIGSTOP));
    }
    sleep_on();
  });
  pid_t left = -1;
  if (::read(ready[0], &left, sizeof left) != sizeof left) {
    return 2;
  }
  ::close(ready[0]);
  ::close(ready[1]);
  std::printf("%d\n", left);
  return 0;
}

/// `stop-self [SIGNAL]`: says "stopping", stops, and goes on when continued.
int stop_self(Arguments arguments) {
  say("stopping");
  static_cast<void>(::raise(signal_number(arguments.empty() ? "STOP" : arguments[0])));
  return 0;
}

/// `hold [IGNORED_SIGNAL...]`: says "ready" and stays until a signal ends it.
int hold(Arguments arguments) {
  for (const char* signal : arguments) {
    static_cast<void>(std::signal(signal_number(signal), SIG_IGN));
  }
  say("ready");
  sleep_on();
}

}  // namespace probe
