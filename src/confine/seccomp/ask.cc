// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/ask.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/interfaces.h"
#include "confine/seccomp/own_calls.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr std::string_view kOption = "--report-denials";
/// Linux 5.19: a call that has been taken up is not interrupted by a signal before it is answered.
constexpr std::uint32_t kWaitKillable = 1U << 5U;  // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV

bool returns(const sock_filter& step) {
  return step.code == (BPF_RET | BPF_K);
}

bool is_errno(Action action) {
  return (action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO;
}

bool is_log(Action action) {
  return (action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_LOG;
}

template <typename Which>
std::vector<sock_filter> with_returns(std::vector<sock_filter> program, Which which,
                                      Action action) {
  for (sock_filter& step : program) {
    if (returns(step) && which(step.k)) {
      step.k = action;
    }
  }
  return program;
}

std::vector<sock_filter> asking_program(const Filter& filter) {
  return with_returns(
      filter.program, [](Action action) { return is_errno(action) || is_log(action); },
      SECCOMP_RET_USER_NOTIF);
}

template <typename Which>
bool may_return(std::span<const sock_filter> program, Which which) {
  return std::ranges::any_of(
      program, [&](const sock_filter& step) { return returns(step) && which(step.k); });
}

/// Our own last calls are never denied, but they may be logged, and nobody answers them: what comes
/// before the program, so that they do not ask. `filter` says what they get instead.
std::vector<sock_filter> without_asking_for_ours(const Filter* filter) {
  std::vector<sock_filter> prologue;
  seccomp_data call{};
  call.arch = all_interfaces().front().audit;
  for (const long number : kOwnNumbers) {
    call.nr = static_cast<int>(number);
    Action action = SECCOMP_RET_ALLOW;
    if (filter != nullptr) {
      const auto progress = run_to_arguments(filter->program, call);
      const bool logs =
          progress && std::ranges::any_of(outcomes(filter->program, *progress), is_log);
      action = logs ? SECCOMP_RET_LOG : SECCOMP_RET_ALLOW;
    }
    prologue.push_back(
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1));
    prologue.push_back(BPF_STMT(BPF_RET | BPF_K, action));
  }
  const auto rest = static_cast<std::uint8_t>(prologue.size() + 1);
  const sock_filter head[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call.arch, 0, rest),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  prologue.insert(prologue.begin(), std::begin(head), std::end(head));
  return prologue;
}

/// Asks where any of the programs has an errno or LOG and allows everything else: what a program
/// returns otherwise is a jump to the next one.
std::vector<sock_filter> joined(std::span<const Filter> filters) {
  std::vector<sock_filter> all;
  for (const Filter& filter : filters) {
    const std::size_t end = all.size() + filter.program.size();
    for (const sock_filter& step : asking_program(filter)) {
      const bool goes_on = returns(step) && step.k != SECCOMP_RET_USER_NOTIF;
      const auto distance = static_cast<std::uint32_t>(end - all.size() - 1);
      all.push_back(goes_on ? sock_filter(BPF_STMT(BPF_JMP | BPF_JA, distance)) : step);
    }
  }
  all.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return all;
}

std::vector<sock_filter> listening_program(std::span<const Filter> filters) {
  const bool alone = filters.size() == 1;
  const bool logs = std::ranges::any_of(
      filters, [](const Filter& filter) { return may_return(filter.program, is_log); });
  std::vector<sock_filter> program;
  if (logs) {
    program = without_asking_for_ours(alone ? &filters[0] : nullptr);
  }
  const std::vector<sock_filter> body = alone ? asking_program(filters[0]) : joined(filters);
  program.insert(program.end(), body.begin(), body.end());
  return program;
}

/// Flags of the listener's filter; nothing if the kernel knows no listener.
std::optional<std::uint32_t> listener_flags() {
  for (const std::uint32_t more : {kWaitKillable, 0U}) {
    const std::uint32_t flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | more;
    // The flags are looked at before the program, and there is none.
    static_cast<void>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, nullptr));
    if (errno == EFAULT) {
      return flags;
    }
  }
  return std::nullopt;
}

/// Those that all of the filters would have together.
std::uint32_t joint_flags(std::span<const Filter> filters) {
  std::uint32_t flags = SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  for (const Filter& filter : filters) {
    if ((filter.flags & SECCOMP_FILTER_FLAG_SPEC_ALLOW) == 0) {
      flags &= ~std::uint32_t{SECCOMP_FILTER_FLAG_SPEC_ALLOW};
    }
    flags |= filter.flags & SECCOMP_FILTER_FLAG_LOG;
  }
  return flags;
}

/// What is left of the filters once another one has their errnos; those of which nothing is left
/// are left out.
std::vector<Filter> without_errnos(std::span<const Filter> filters) {
  std::vector<Filter> rest;
  for (const Filter& filter : filters) {
    std::vector<sock_filter> program = with_returns(filter.program, is_errno, SECCOMP_RET_ALLOW);
    if (may_return(program, [](Action action) { return action != SECCOMP_RET_ALLOW; })) {
      rest.push_back({.origin = filter.origin,
                      .program = std::move(program),
                      .flags = filter.flags,
                      .rules = {}});
    }
  }
  return rest;
}

Error too_long(std::size_t instructions) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = std::string(kOption),
               .problem = "the filters have " + std::to_string(instructions) +
                          " instructions together, expected at most " +
                          std::to_string(BPF_MAXINSNS),
               .hint = "leave out one of --seccomp and --seccomp-deny, or " + std::string(kOption)};
}

Error no_listener(int number) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(kOption),
               .problem =
                   "this kernel, or a filter of the container, has no notifications of "
                   "denied system calls",
               .system_error = number,
               .hint = "they came with Linux 5.0; leave the option out"};
}

}  // namespace

Action joint_verdict(std::span<const Filter> filters, const seccomp_data& call) {
  Action strictest = SECCOMP_RET_ALLOW;
  for (auto filter = filters.rbegin(); filter != filters.rend(); ++filter) {
    const Action action = evaluate(filter->program, call).value_or(SECCOMP_RET_KILL_PROCESS);
    if (stricter(action, strictest)) {
      strictest = action;
    }
  }
  return strictest;
}

Result<std::vector<Filter>> ask_listener(std::span<const Filter> filters) {
  const auto flags = listener_flags();
  if (!flags) {
    return no_listener(errno);
  }
  Filter listener{.origin = std::string(kOption),
                  .program = listening_program(filters),
                  .flags = *flags | joint_flags(filters),
                  .rules = {}};
  if (listener.program.size() > BPF_MAXINSNS) {
    return too_long(listener.program.size());
  }
  std::vector<Filter> asking;
  if (filters.size() > 1) {
    asking = without_errnos(filters);
  }
  asking.push_back(std::move(listener));
  CHECK(order_filters(asking));
  return asking;
}

}  // namespace indexrun::confine
