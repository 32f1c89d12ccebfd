// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/rules.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <linux/audit.h>

namespace indexrun::confine {
namespace {

Action kind(Action action) {
  return action & SECCOMP_RET_ACTION_FULL;
}

}  // namespace

bool permits(Action action) {
  return kind(action) == SECCOMP_RET_ALLOW || kind(action) == SECCOMP_RET_LOG;
}

bool stricter(Action action, Action other) {
  // The kernel compares them as signed numbers; KILL_PROCESS is the least.
  return static_cast<std::int32_t>(kind(action)) < static_cast<std::int32_t>(kind(other));
}

std::string describe_action(Action action) {
  const Action data = action & SECCOMP_RET_DATA;
  switch (kind(action)) {
    case SECCOMP_RET_KILL_PROCESS:
      return "KILL_PROCESS";
    case SECCOMP_RET_KILL_THREAD:
      return "KILL_THREAD";
    case SECCOMP_RET_TRAP:
      return "TRAP";
    case SECCOMP_RET_ERRNO: {
      std::string text = "ERRNO " + std::to_string(data);
      if (const char* name = strerrorname_np(static_cast<int>(data));
          name != nullptr && data != 0) {
        text.append(" (").append(name).append(")");
      }
      return text;
    }
    case SECCOMP_RET_USER_NOTIF:
      return "NOTIFY";
    case SECCOMP_RET_TRACE:
      return "TRACE";
    case SECCOMP_RET_LOG:
      return "LOG";
    case SECCOMP_RET_ALLOW:
      return "ALLOW";
    default:
      return "action " + std::to_string(action);
  }
}

bool Condition::holds(std::uint64_t argument) const {
  switch (op) {
    case Op::kNotEqual:
      return argument != value;
    case Op::kLess:
      return argument < value;
    case Op::kLessOrEqual:
      return argument <= value;
    case Op::kEqual:
      return argument == value;
    case Op::kGreaterOrEqual:
      return argument >= value;
    case Op::kGreater:
      return argument > value;
    case Op::kMaskedEqual:
      return (argument & value) == value_two;
  }
  return false;
}

bool Rule::holds(const seccomp_data& call) const {
  return std::ranges::all_of(conditions, [&](const Condition& one) { return one.holds(call); });
}

bool Call::conditional() const {
  return std::ranges::none_of(rules, [](const Rule& rule) { return rule.conditions.empty(); });
}

std::optional<Action> Call::verdict(const seccomp_data& call) const {
  for (const Rule& rule : rules) {
    if (rule.holds(call)) {
      return rule.action;
    }
  }
  return std::nullopt;
}

const Call* Interface::find(std::uint32_t number) const {
  const auto found = std::ranges::lower_bound(calls, number, {}, &Call::number);
  return found != calls.end() && found->number == number ? &*found : nullptr;
}

const Interface* RuleSet::find(const seccomp_data& call) const {
  const bool x32 = call.arch == AUDIT_ARCH_X86_64 && static_cast<std::uint32_t>(call.nr) >= kX32Bit;
  for (const Interface& interface : interfaces) {
    if (interface.audit == call.arch && interface.x32 == x32) {
      return &interface;
    }
  }
  return nullptr;
}

Action RuleSet::verdict(const seccomp_data& call) const {
  const Interface* interface = find(call);
  if (interface == nullptr) {
    return foreign;
  }
  const auto number = static_cast<std::uint32_t>(call.nr);
  if (interface->horizon && number > *interface->horizon) {
    return SECCOMP_RET_ERRNO | ENOSYS;
  }
  const Call* known = interface->find(number);
  return known == nullptr ? default_action : known->verdict(call).value_or(default_action);
}

}  // namespace indexrun::confine
