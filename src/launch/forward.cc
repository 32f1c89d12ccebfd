// SPDX-License-Identifier: Apache-2.0
#include "launch/forward.h"

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

void queue_signal(const signalfd_siginfo& received, pid_t pid) {
  siginfo_t info{};
  info.si_signo = static_cast<int>(received.ssi_signo);
  info.si_code = SI_QUEUE;
  info.si_pid = static_cast<pid_t>(received.ssi_pid);
  info.si_uid = received.ssi_uid;
  info.si_value.sival_ptr = reinterpret_cast<void*>(received.ssi_ptr);
  check(::syscall(SYS_rt_sigqueueinfo, pid, info.si_signo, &info), pid, info.si_signo);
}

}  // namespace

void send_signal(pid_t target, int signal) {
  check(::kill(target, signal), target, signal);
}

void send_to_group(pid_t pid, int signal) {
  if (::kill(-pid, signal) != 0 || signal == SIGKILL) {
    send_signal(pid, signal);
  }
}

void forward_signal(const signalfd_siginfo& signal, pid_t pid) {
  LOG_HOW("launch: forwarding " + signal_name(static_cast<int>(signal.ssi_signo)));
  if (signal.ssi_code == SI_QUEUE) {
    queue_signal(signal, pid);
    return;
  }
  const int number = static_cast<int>(signal.ssi_signo);
  const bool from_terminal = signal.ssi_code == SI_KERNEL && comes_from_terminals(number);
  // The program may have left the group that we made for it.
  if (!from_terminal || ::kill(-pid, number) != 0) {
    send_signal(pid, number);
  }
}

}  // namespace indexrun::launch
