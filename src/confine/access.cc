// SPDX-License-Identifier: Apache-2.0
// Each promise that an option makes, with the Landlock ABI that keeps it. An ABI is never guessed
// from the kernel's version, nor from /sys, which containers do not have.
#include "confine/access.h"

#include "base/log.h"
#include "confine/landlock_kernel.h"

#include <cerrno>
#include <string>
#include <string_view>

namespace indexrun::confine {
namespace {

struct Row {
  std::string_view option;
  int abi;
  std::string_view linux_version;  // the first with that ABI
  std::string_view holds;          // what is so with it
  std::string_view lost;           // what is so without
  bool (*asked)(const AccessPolicy&);
};

bool asks_paths(const AccessPolicy& policy) {
  return policy.paths || policy.batch;
}

// By option; of one option the most important first.
constexpr Row kRows[] = {
    {"--ro", 1, "5.13", "files can only be reached as the paths say",
     "files are not confined at all", asks_paths},
    {"--ro", 2, "5.19", "files can be moved from one directory to another beneath --rw",
     "no file can be moved from one directory to another, also beneath --rw", asks_paths},
    {"--ro", 3, "6.2", "files that may only be read cannot be cut off (truncate(2))",
     "files that may only be read can be cut off (truncate(2))", asks_paths},
    {"--ro", 5, "6.10", "devices that may only be read cannot be controlled (ioctl(2))",
     "devices that may only be read can be controlled (ioctl(2))", asks_paths},
    {"--tcp-bind", 4, "6.7", "no TCP port but the named ones can be listened at",
     "any TCP port can be listened at",
     [](const AccessPolicy& policy) { return policy.tcp_bind.has_value(); }},
    {"--tcp-connect", 4, "6.7", "no TCP port but the named ones can be connected to",
     "any TCP port can be connected to",
     [](const AccessPolicy& policy) { return policy.tcp_connect.has_value(); }},
    {"--scope", 6, "6.12", "processes outside cannot be sent signals",
     "processes outside can be sent signals",
     [](const AccessPolicy& policy) { return policy.scope_signal; }},
    {"--scope", 6, "6.12", "abstract unix sockets outside cannot be connected to",
     "abstract unix sockets outside can be connected to",
     [](const AccessPolicy& policy) { return policy.scope_abstract_unix; }},
};

struct Reason {
  std::string problem;
  std::string hint;
};

Reason why_none(int error) {
  switch (error) {
    case ENOSYS:
      return {"this kernel has no Landlock, or a filter hides it",
              "Linux has it from 5.13 if it was built in; gVisor has not"};
    case EOPNOTSUPP:
      return {"Landlock is built into this kernel, but switched off",
              "name landlock in lsm= on the kernel's command line"};
    case EPERM:
    case EACCES:
      return {"a system call filter of the container forbids Landlock",
              "the profiles of Docker 23, containerd 1.6 and podman 4.2 and later allow it"};
    default:
      return {"this kernel does not say what Landlock it has", ""};
  }
}

Reason why_less(const Row& promise, int abi) {
  return {std::string(promise.lost) + ": keeping this needs Landlock ABI " +
              std::to_string(promise.abi) + " (Linux " + std::string(promise.linux_version) +
              "), and this kernel has " + std::to_string(abi),
          ""};
}

std::string_view option_of(const Row& promise, const AccessPolicy& policy) {
  return promise.asked == asks_paths && policy.batch && !policy.narrows ? "--confine"
                                                                        : promise.option;
}

Error refused(const Row& promise, const AccessPolicy& policy, const LandlockKernel& kernel) {
  Reason reason = kernel.abi == 0 ? why_none(kernel.error) : why_less(promise, kernel.abi);
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(option_of(promise, policy)),
               .problem = std::move(reason.problem),
               .system_error = kernel.error,
               .hint = reason.hint + (reason.hint.empty() ? "" : "; ") +
                       "--landlock best-effort runs the program without what cannot be had"};
}

void warn(const Row& promise, const AccessPolicy& policy, const LandlockKernel& kernel) {
  std::string text = "confine: " + std::string(option_of(promise, policy)) + ": not kept: ";
  if (kernel.abi == 0) {
    const Reason reason = why_none(kernel.error);
    text.append(promise.lost).append(", as ").append(reason.problem);
    text += ": " + system_error_text(kernel.error);
  } else {
    text += why_less(promise, kernel.abi).problem;
  }
  log::warning(text);
}

/// Whether it is enough to tell what is not kept. What the preset alone asks for is had as far as
/// it goes; --rw only adds to that.
bool may_be_less(const Row& promise, const AccessPolicy& policy) {
  const bool preset = promise.asked == asks_paths && policy.batch && !policy.narrows;
  return policy.best_effort.value_or(preset);
}

bool is_kept(const Row& promise, const AccessPolicy& policy, const LandlockKernel& kernel) {
  return kernel.abi >= promise.abi || !promise.asked(policy);
}

Result<void> judge(const AccessPolicy& policy, const LandlockKernel& kernel) {
  for (const Row& promise : kRows) {
    if (!is_kept(promise, policy, kernel) && !may_be_less(promise, policy)) {
      return refused(promise, policy, kernel);
    }
  }
  for (const Row& promise : kRows) {
    // Where there is nothing at all, the rest goes without saying.
    const bool said = kernel.abi == 0 && promise.abi > 1 && promise.asked == asks_paths;
    if (!is_kept(promise, policy, kernel) && !said) {
      warn(promise, policy, kernel);
    }
  }
  return {};
}

std::uint64_t known_files(int abi) {
  using namespace landlock;
  std::uint64_t known = 0;
  if (abi >= 1) {
    known = kRefer - 1;
  }
  known |= abi >= 2 ? kRefer : 0;
  known |= abi >= 3 ? kTruncate : 0;
  known |= abi >= 5 ? kControlDevice : 0;
  return known;
}

}  // namespace

LandlockKernel ask_kernel() {
  const int abi = landlock::version();
  return abi >= 0 ? LandlockKernel{abi, 0} : LandlockKernel{0, errno};
}

std::vector<Promise> promises(const AccessPolicy& policy, int abi) {
  std::vector<Promise> asked;
  for (const Row& row : kRows) {
    if (row.asked(policy)) {
      asked.push_back({option_of(row, policy), row.abi, row.holds, row.lost, abi >= row.abi});
    }
  }
  return asked;
}

Result<std::optional<Landlock>> prepare_access(const AccessPolicy& policy,
                                               const LandlockKernel& kernel) {
  if (policy.empty()) {
    return std::optional<Landlock>();
  }
  CHECK(judge(policy, kernel));
  LOG_CHOSEN("confine: Landlock ABI " + std::to_string(kernel.abi));
  Landlock result;
  result.abi = kernel.abi;
  result.paths = asks_paths(policy);
  result.batch = policy.batch;
  result.files = result.paths ? known_files(kernel.abi) : 0;
  if (kernel.abi >= 4) {
    result.tcp |= policy.tcp_bind ? landlock::kBindTcp : 0;
    result.tcp |= policy.tcp_connect ? landlock::kConnectTcp : 0;
    result.bind = policy.tcp_bind.value_or(std::vector<std::uint16_t>());
    result.connect = policy.tcp_connect.value_or(std::vector<std::uint16_t>());
  }
  if (kernel.abi >= 6) {
    result.scopes |= policy.scope_signal ? landlock::kScopeSignal : 0;
    result.scopes |= policy.scope_abstract_unix ? landlock::kScopeAbstractUnix : 0;
  }
  return std::optional<Landlock>(std::move(result));
}

}  // namespace indexrun::confine
