// SPDX-License-Identifier: Apache-2.0
// An explanation for programs: nothing is grouped or left out.
#include "commands/explain.h"
#include "confine/limits.h"
#include "confine/securebits.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace indexrun::commands {

namespace {

using Json = nlohmann::ordered_json;
using confine::Action;
using confine::Present;

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json set_of(std::uint64_t bits) {
  // As in /proc/PID/status.
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bits, 16).ptr;
  const std::string text(digits.data(), end);
  return {{"bits", std::string(digits.size() - text.size(), '0') + text},
          {"names", capability_names(bits)}};
}

Json bound_of(std::uint64_t value) {
  return value == ~std::uint64_t{0} ? Json() : Json(value);
}

Json limits_of(const Present& state) {
  Json limits = Json::object();
  for (const confine::ResourceLimit& limit : state.limits) {
    limits[std::string(confine::limit_name(limit.resource))] = {{"soft", bound_of(limit.soft)},
                                                                {"hard", bound_of(limit.hard)}};
  }
  return limits;
}

std::string octal(mode_t mode) {
  std::string digits = "0";
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> static_cast<unsigned>(shift)) & 7U));
  }
  return digits;
}

/// "KILL_PROCESS", "ERRNO".
std::string word(Action action) {
  const std::string text = confine::describe_action(action);
  return text.substr(0, text.find(' '));
}

Json number_of(Action action) {
  return (action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO ? Json(action & SECCOMP_RET_DATA)
                                                                 : Json();
}

std::string_view name_of(confine::Op op) {
  constexpr std::array<std::string_view, 7> kNames{"NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"};
  return kNames[static_cast<std::size_t>(op)];
}

Json rules_of(const confine::Verdict& verdict) {
  Json rules = Json::array();
  for (const confine::Rule& rule : verdict.rules) {
    Json conditions = Json::array();
    for (const confine::Condition& condition : rule.conditions) {
      conditions.push_back({{"index", condition.index},
                            {"op", name_of(condition.op)},
                            {"value", condition.value},
                            {"value_two", condition.value_two}});
    }
    rules.push_back({{"action", word(rule.action)},
                     {"errno", number_of(rule.action)},
                     {"conditions", std::move(conditions)}});
  }
  return rules;
}

Json call_of(const confine::Calls& calls) {
  const confine::Verdict& verdict = calls.verdict;
  const bool open = !verdict.possible.empty();
  Json possible = Json::array();
  for (const Action action : verdict.possible) {
    possible.push_back({{"action", word(action)}, {"errno", number_of(action)}});
  }
  Json arguments = Json::array();
  for (unsigned index = 0; index < 6; ++index) {
    if ((verdict.arguments >> index & 1U) != 0) {
      arguments.push_back(index);
    }
  }
  return {{"name", calls.name.empty() ? Json() : Json(calls.name)},
          {"first", calls.first},
          {"last", calls.last},
          {"action", open ? Json() : Json(word(verdict.otherwise))},
          {"errno", open ? Json() : number_of(verdict.otherwise)},
          {"rules", rules_of(verdict)},
          {"possible", std::move(possible)},
          {"arguments", std::move(arguments)}};
}

Json seccomp_of(const confine::Effective& effective) {
  Json filters = Json::array();
  for (const confine::LoadedFilter& filter : effective.filters) {
    filters.push_back({{"origin", filter.origin},
                       {"instructions", filter.instructions},
                       {"flags", filter.flags}});
  }
  Json interfaces = Json::array();
  for (const confine::InterfaceVerdicts& interface : effective.calls) {
    Json calls = Json::array();
    for (const confine::Calls& one : interface.calls) {
      calls.push_back(call_of(one));
    }
    interfaces.push_back(
        {{"name", interface.name}, {"audit_arch", interface.audit}, {"calls", std::move(calls)}});
  }
  constexpr int kFilterMode = 2;
  const bool filtered = effective.state.filtered || !effective.filters.empty();
  return {{"mode", filtered ? kFilterMode : 0},
          {"inherited_filters", or_null(effective.state.filters)},
          {"filters", std::move(filters)},
          {"interfaces", std::move(interfaces)}};
}

std::string_view name_of(confine::Right right) {
  switch (right) {
    case confine::Right::kRead:
      return "ro";
    case confine::Right::kWrite:
      return "rw";
    case confine::Right::kExecute:
      return "exec";
  }
  return "";
}

Json landlock_of(const Explanation& explanation) {
  Json promises = Json::array();
  for (const confine::Promise& promise : explanation.effective.promises) {
    promises.push_back({{"option", promise.option},
                        {"abi", promise.abi},
                        {"kept", promise.kept},
                        {"text", promise.kept ? promise.holds : promise.lost}});
  }
  Json paths = Json::array();
  for (const confine::Grant& grant : explanation.grants) {
    paths.push_back({{"right", name_of(grant.right)}, {"path", grant.path}});
  }
  return {{"abi", or_null(explanation.effective.landlock_abi)},
          {"promises", std::move(promises)},
          {"paths", std::move(paths)}};
}

Json processors_of(const Present& state) {
  constexpr std::size_t kBits = 64;
  Json numbers = Json::array();
  for (std::size_t cpu = 0; cpu < state.cpus.size() * kBits; ++cpu) {
    if ((state.cpus[cpu / kBits] >> (cpu % kBits) & 1U) != 0) {
      numbers.push_back(cpu);
    }
  }
  return numbers;
}

}  // namespace

Json to_json(const Explanation& explanation) {
  const Present& state = explanation.effective.state;
  const confine::CapabilitySets& sets = state.capabilities;
  Json json = Json::object();
  json["uid"] = state.uid;
  json["gid"] = state.gid;
  json["groups"] = state.groups;
  json["capabilities"] = {{"bounding", set_of(sets.bounding)},
                          {"permitted", set_of(sets.permitted)},
                          {"effective", set_of(sets.effective)},
                          {"inheritable", set_of(sets.inheritable)},
                          {"ambient", set_of(sets.ambient)}};
  json["securebits"] = {{"bits", state.securebits},
                        {"names", confine::securebit_names(state.securebits)}};
  json["no_new_privs"] = state.no_new_privs;
  json["limits"] = limits_of(state);
  json["umask"] = octal(state.umask);
  json["nice"] = state.nice;
  json["oom_score_adj"] = or_null(state.oom_score_adj);
  json["cpus"] = processors_of(state);
  json["descriptors"] = or_null(state.descriptors);
  json["environment"] = explanation.variables;
  json["seccomp"] = seccomp_of(explanation.effective);
  json["landlock"] = landlock_of(explanation);
  return json;
}

}  // namespace indexrun::commands
