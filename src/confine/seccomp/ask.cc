// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/ask.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/own_calls.h"

#include <algorithm>
#include <cerrno>
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

std::vector<sock_filter> with_errnos_as(std::vector<sock_filter> program, Action action) {
  for (sock_filter& step : program) {
    if (returns(step) && is_errno(step.k)) {
      step.k = action;
    }
  }
  return program;
}

bool does_anything(std::span<const sock_filter> program) {
  return std::ranges::any_of(program, [](const sock_filter& step) {
    return returns(step) && step.k != SECCOMP_RET_ALLOW;
  });
}

/// Asks where any of the programs has an errno and allows everything else: what a program returns
/// otherwise is a jump to the next one.
std::vector<sock_filter> joined(std::span<const Filter> filters) {
  std::vector<sock_filter> all;
  for (const Filter& filter : filters) {
    const std::size_t end = all.size() + filter.program.size();
    for (const sock_filter& step : with_errnos_as(filter.program, SECCOMP_RET_USER_NOTIF)) {
      const bool goes_on = returns(step) && step.k != SECCOMP_RET_USER_NOTIF;
      const auto distance = static_cast<std::uint32_t>(end - all.size() - 1);
      all.push_back(goes_on ? sock_filter(BPF_STMT(BPF_JMP | BPF_JA, distance)) : step);
    }
  }
  all.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return all;
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
  std::vector<Filter> asking;
  Filter listener{.origin = std::string(kOption), .program = {}, .flags = *flags, .rules = {}};
  if (filters.size() == 1) {
    listener.program = with_errnos_as(filters[0].program, SECCOMP_RET_USER_NOTIF);
    listener.flags |= filters[0].flags;
  } else {
    listener.program = joined(filters);
    // Those of the other filters: what a filter leaves out, another one may have left out as well.
    listener.flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    for (const Filter& filter : filters) {
      if ((filter.flags & SECCOMP_FILTER_FLAG_SPEC_ALLOW) == 0) {
        listener.flags &= ~std::uint32_t{SECCOMP_FILTER_FLAG_SPEC_ALLOW};
      }
      listener.flags |= filter.flags & SECCOMP_FILTER_FLAG_LOG;
      Filter rest{.origin = filter.origin,
                  .program = with_errnos_as(filter.program, SECCOMP_RET_ALLOW),
                  .flags = filter.flags,
                  .rules = {}};
      if (does_anything(rest.program)) {
        asking.push_back(std::move(rest));
      }
    }
  }
  if (listener.program.size() > BPF_MAXINSNS) {
    return too_long(listener.program.size());
  }
  asking.push_back(std::move(listener));
  CHECK(order_filters(asking));
  return asking;
}

}  // namespace indexrun::confine
