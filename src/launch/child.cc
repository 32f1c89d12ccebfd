// SPDX-License-Identifier: Apache-2.0
#include "launch/child.h"

#include <cerrno>

#include <sys/prctl.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

ChildFailure failed(ChildStep step) {
  return {.step = step, .error = errno};
}

ChildFailure failed(confine::Failed confinement) {
  return {ChildStep::kConfine, confinement.step, confinement.error, confinement.detail};
}

bool join_group(Group group) {
  if (!group.own) {
    return true;
  }
  if (setpgid(0, 0) != 0) {
    return false;
  }
  // TTOU is still blocked here, or the kernel would stop us as a background process. A terminal
  // that has gone by now is no reason not to run.
  if (group.terminal >= 0) {
    static_cast<void>(tcsetpgrp(group.terminal, getpid()));
  }
  return true;
}

void write_number(char* text, pid_t number) {
  char digits[kPidDigits];
  int count = 0;
  for (; number > 0; number /= 10) {
    digits[count++] = static_cast<char>('0' + number % 10);
  }
  while (count > 0) {
    *text++ = digits[--count];
  }
  *text = '\0';
}

bool redirect(int from, int to) {
  return from < 0 || ::dup2(from, to) >= 0;
}

}  // namespace

ChildFailure become(const ChildPlan& plan, Group group) noexcept {
  if (!join_group(group)) {
    return failed(ChildStep::kGroup);
  }
  if (!redirect(plan.standard_input, STDIN_FILENO) ||
      !redirect(plan.standard_output, STDOUT_FILENO) ||
      !redirect(plan.standard_error, STDERR_FILENO)) {
    return failed(ChildStep::kStandardStreams);
  }
  // Now, as the user that we are, and once more as the user that we become: a directory may be open
  // to only one of the two (0700, or a network file system that distrusts root).
  bool moved = plan.directory == nullptr || chdir(plan.directory) == 0;
  if (const confine::Failed confinement = confine::apply(*plan.prepared); confinement.any()) {
    return failed(confinement);
  }
  moved = moved || chdir(plan.directory) == 0;
  if (!moved) {
    return failed(ChildStep::kDirectory);
  }
  if (const confine::Failed access = confine::restrict_access(*plan.restriction); access.any()) {
    return failed(access);
  }
  // A change of user clears it (prctl(2)).
  if (plan.parent_death_signal != 0 &&
      prctl(PR_SET_PDEATHSIG, plan.parent_death_signal, 0, 0, 0) != 0) {
    return failed(ChildStep::kParentDeath);
  }
  if (plan.listen_pid != nullptr) {
    write_number(plan.listen_pid, getpid());
  }
  restore_signals(*plan.signals);
  if (const confine::Failed filter = confine::load_filters(*plan.prepared, plan.listener);
      filter.any()) {
    return failed(filter);
  }
  // execve(2) promises not to change the strings; its type is older than const.
  execve(plan.path, const_cast<char* const*>(plan.argv),
         const_cast<char* const*>(plan.environment));
  return failed(ChildStep::kExec);
}

}  // namespace indexrun::launch
