// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/own_calls.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/interfaces.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <sys/syscall.h>

namespace indexrun::confine {
namespace {

struct OwnCall {
  std::string_view name;
  int number;
  std::string_view reason;
};
constexpr std::array kOwnCalls{
    OwnCall{"execve", kOwnNumbers[0], "the program cannot be started"},
    OwnCall{"write", kOwnNumbers[1],
            "indexrun could not report that the program cannot be started"},
    OwnCall{"exit_group", kOwnNumbers[2],
            "indexrun could not end if the program cannot be started"},
};

struct Obstacle {
  Action action = 0;    ///< the strictest that the call may get
  bool always = false;  ///< whatever its arguments are
};

/// Nothing if the native call always goes on.
std::optional<Obstacle> obstacle(const Filter& filter, int number) {
  seccomp_data call{};
  call.nr = number;
  call.arch = all_interfaces().front().audit;
  const auto progress = run_to_arguments(filter.program, call);
  if (!progress) {
    return Obstacle{SECCOMP_RET_KILL_PROCESS, true};
  }
  std::optional<Obstacle> worst;
  const std::vector<Action> actions = outcomes(filter.program, *progress);
  for (const Action action : actions) {
    if (!permits(action) && (!worst || stricter(action, worst->action))) {
      worst = Obstacle{action, actions.size() == 1};
    }
  }
  return worst;
}

Error refuse(const Filter& filter, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = filter.origin,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<void> check_own_calls(const Filter& filter) {
  for (const OwnCall& own : kOwnCalls) {
    if (const auto found = obstacle(filter, own.number)) {
      return refuse(filter,
                    std::string("denies ")
                        .append(own.name)
                        .append(found->always ? "" : " for some arguments")
                        .append(" (" + describe_action(found->action) + "): ")
                        .append(own.reason),
                    "allow execve, write and exit_group, which indexrun needs after the filter "
                    "is loaded");
    }
  }
  return {};
}

}  // namespace

Result<void> order_filters(std::vector<Filter>& filters) {
  for (const Filter& filter : filters) {
    CHECK(check_own_calls(filter));
  }
  if (filters.size() < 2) {
    return {};
  }
  const auto closing = std::stable_partition(
      filters.begin(), filters.end(),
      [](const Filter& filter) { return !obstacle(filter, SYS_seccomp).has_value(); });
  if (filters.end() - closing > 1) {
    return refuse(closing[1],
                  "denies seccomp, and so does " + closing[0].origin +
                      ": whichever is loaded first, the other cannot be loaded after it",
                  "allow seccomp in one of them; further filters can only take away");
  }
  return {};
}

}  // namespace indexrun::confine
