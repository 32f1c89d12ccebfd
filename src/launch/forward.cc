// SPDX-License-Identifier: Apache-2.0
#include "launch/forward.h"

#include "base/fd.h"
#include "base/log.h"
#include "base/signals.h"

#include <cerrno>
#include <csignal>
#include <string>

#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

/// A program that has just ended is nobody's fault.
void check(long result, pid_t target, int signal) {
  if (result != 0 && errno != ESRCH) {
    log::warning("launch: cannot send " + signal_name(signal) + " to process " +
                 std::to_string(target) + ": " + system_error_text(errno));
  }
}

/// Not the kernel's other signals, such as those of an inherited timer.
bool comes_from_terminals(int signal) {
  return signal == SIGINT || signal == SIGQUIT || signal == SIGTSTP || signal == SIGHUP ||
         signal == SIGWINCH;
}

siginfo_t with_value(const signalfd_siginfo& received, int signal) {
  siginfo_t info{};
  info.si_signo = signal;
  info.si_code = SI_QUEUE;
  info.si_pid = static_cast<pid_t>(received.ssi_pid);
  info.si_uid = received.ssi_uid;
  info.si_value.sival_ptr = reinterpret_cast<void*>(received.ssi_ptr);
  return info;
}

bool queue_to_group(pid_t pid, siginfo_t& info) {
  constexpr unsigned kProcessGroup = 4;  // PIDFD_SIGNAL_PROCESS_GROUP, Linux 6.9
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  return process.valid() &&
         ::syscall(SYS_pidfd_send_signal, process.get(), info.si_signo, &info, kProcessGroup) == 0;
}

void queue_signal(const signalfd_siginfo& received, int signal, pid_t pid, bool to_group) {
  siginfo_t info = with_value(received, signal);
  if (!to_group) {
    check(::syscall(SYS_rt_sigqueueinfo, pid, signal, &info), pid, signal);
  } else if (!queue_to_group(pid, info)) {
    send_to_group(pid, signal);
  }
}

}  // namespace

bool is_of_our_writing(const signalfd_siginfo& signal) {
  return (signal.ssi_signo == SIGPIPE || signal.ssi_signo == SIGXFSZ) &&
         signal.ssi_pid == static_cast<unsigned>(::getpid());
}

void send_signal(pid_t target, int signal) {
  check(::kill(target, signal), target, signal);
}

void send_to_group(pid_t pid, int signal) {
  if (::kill(-pid, signal) != 0 || signal == SIGKILL) {
    send_signal(pid, signal);
  }
}

int send_stop(const Spec& spec, pid_t pid) {
  const int signal = spec.map_signal.stop();
  if (spec.signal_to == SignalTo::kGroup) {
    send_to_group(pid, signal);
  } else {
    send_signal(pid, signal);
  }
  return signal;
}

int forward_signal(const Spec& spec, const signalfd_siginfo& signal, pid_t pid, bool to_group) {
  const int number = static_cast<int>(signal.ssi_signo);
  const int sent = spec.map_signal(number);
  if (sent == 0) {
    LOG_HOW("launch: " + signal_name(number) + " is dropped");
    return 0;
  }
  LOG_HOW("launch: forwarding " + signal_name(number) +
          (sent == number ? "" : " as " + signal_name(sent)));
  const bool from_terminal = signal.ssi_code == SI_KERNEL && comes_from_terminals(number);
  to_group = to_group || from_terminal || spec.signal_to == SignalTo::kGroup;
  if (signal.ssi_code == SI_QUEUE) {
    queue_signal(signal, sent, pid, to_group);
  } else if (to_group) {
    send_to_group(pid, sent);  // the program may have left the group that we made for it
  } else {
    send_signal(pid, sent);
  }
  return sent;
}

}  // namespace indexrun::launch
