// SPDX-License-Identifier: Apache-2.0
#include "launch/mode.h"

#include "base/log.h"
#include "confine/held.h"

#include <cstdint>
#include <string>
#include <string_view>

#include <linux/capability.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

/// The option that cannot be had without a supervisor, or nothing.
std::string_view supervised_option(const Spec& spec, const Circumstances& circumstances) {
  if (spec.timeout) {
    return "--timeout";
  }
  if (spec.grace) {
    return "--grace";
  }
  if (spec.retry.retries > 0) {
    return "--retries";
  }
  if (spec.signal_to != SignalTo::kProgram) {
    return "--signal-to";
  }
  if (!spec.map_signal.empty()) {
    return "--map-signal";
  }
  if (spec.wait_all) {
    return "--wait-all";
  }
  return spec.error_tail > 0 ? "--message-tail" : circumstances.needed_by;
}

Error usage(std::string_view object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "launch",
               .object = std::string(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

Circumstances circumstances(bool message_wanted, const confine::Prepared& prepared) {
  // kill(2): our real or effective user must be the target's real or saved one.
  const bool other_user = prepared.identity && prepared.identity->uid != ::geteuid() &&
                          prepared.identity->uid != ::getuid();
  return Circumstances{.first_process = ::getpid() == 1,
                       .message_wanted = message_wanted,
                       .child_out_of_reach = other_user && !confine::holds(CAP_KILL)};
}

Result<Mode> choose_mode(const Spec& spec, const Circumstances& circumstances) {
  const std::string_view option = supervised_option(spec, circumstances);
  if (spec.supervise == Supervise::kNever) {
    if (!option.empty()) {
      return usage("--supervise",
                   "never cannot go with " + std::string(option) + ", which needs a supervisor",
                   "leave out one of the two");
    }
    return Mode::kExec;
  }
  const bool needed = spec.supervise == Supervise::kAlways || !option.empty();
  if (needed && circumstances.child_out_of_reach) {
    return usage(option.empty() ? "--supervise" : option,
                 "the program would run as another user, whom this process may not signal",
                 "add CAP_KILL to the container, or start indexrun as that user");
  }
  if (needed) {
    return Mode::kSupervise;
  }
  const bool wanted = circumstances.first_process || circumstances.message_wanted;
  if (wanted && circumstances.child_out_of_reach) {
    LOG_CHOSEN("launch: not supervised: another user's program could not be signalled");
  }
  return wanted && !circumstances.child_out_of_reach ? Mode::kSupervise : Mode::kExec;
}

}  // namespace indexrun::launch
