// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/verdicts.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/builtin.h"
#include "confine/seccomp/interfaces.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include <linux/audit.h>

namespace indexrun::confine {
namespace {

/// Beyond every table of calls.
constexpr std::uint32_t kLastNamed = 600;
/// Two filters with more conditions together are told by what is possible.
constexpr std::size_t kMostRules = 1024;
constexpr unsigned kCallersCode = 6;

/// A filter with its rules, where they can be had.
struct Source {
  const Filter* filter = nullptr;
  std::optional<RuleSet> own = {};

  [[nodiscard]] const RuleSet* rules() const {
    return filter->rules ? &*filter->rules : own ? &*own : nullptr;
  }
};

Result<std::vector<Source>> read_sources(std::span<const Filter> filters) {
  std::vector<Source> sources;
  for (const Filter& filter : filters) {
    Source source{&filter};
    const Builtin* builtin = filter.rules ? nullptr : find_builtin(filter.origin);
    if (builtin != nullptr) {
      TRY(source.own, resolve_builtin(*builtin));
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

std::uint32_t arguments_of(const std::vector<Rule>& rules) {
  std::uint32_t arguments = 0;
  for (const Rule& rule : rules) {
    for (const Condition& condition : rule.conditions) {
      arguments |= 1U << condition.index;
    }
  }
  return arguments;
}

/// Rules at the end that change nothing are left out.
Verdict made_of(std::vector<Rule> rules, Action otherwise) {
  while (!rules.empty() && rules.back().action == otherwise) {
    rules.pop_back();
  }
  const std::uint32_t arguments = arguments_of(rules);
  return {
      .rules = std::move(rules), .otherwise = otherwise, .possible = {}, .arguments = arguments};
}

Verdict made_of(std::vector<Action> possible, std::uint32_t arguments) {
  std::ranges::sort(possible, [](Action one, Action other) {
    return stricter(one, other) || (!stricter(other, one) && one < other);
  });
  possible.erase(std::unique(possible.begin(), possible.end()), possible.end());
  const Action strictest = possible.front();
  if (possible.size() == 1) {
    return made_of(std::vector<Rule>(), strictest);
  }
  return {
      .rules = {}, .otherwise = strictest, .possible = std::move(possible), .arguments = arguments};
}

Verdict by_rules(const RuleSet& rules, const seccomp_data& call) {
  const Interface* interface = rules.find(call);
  const auto number = static_cast<std::uint32_t>(call.nr);
  const bool beyond = interface != nullptr && interface->horizon && number > *interface->horizon;
  const Call* known = interface == nullptr || beyond ? nullptr : interface->find(number);
  if (known == nullptr) {
    return made_of(std::vector<Rule>(), rules.verdict(call));
  }
  if (!known->conditional()) {
    return made_of(std::vector<Rule>(), known->rules.front().action);
  }
  return made_of(known->rules, rules.default_action);
}

std::optional<Verdict> by_program(std::span<const sock_filter> program, const seccomp_data& call) {
  constexpr unsigned kFirstArgument = offsetof(seccomp_data, args) / sizeof(std::uint32_t);
  const auto progress = run_to_arguments(program, call);
  if (!progress) {
    return std::nullopt;
  }
  std::vector<Action> possible = outcomes(program, *progress);
  if (possible.empty()) {
    return std::nullopt;
  }
  const std::uint32_t words = words_read(program, *progress);
  std::uint32_t arguments = 0;
  for (unsigned word = 2; word < sizeof(seccomp_data) / sizeof(std::uint32_t); ++word) {
    if ((words >> word & 1U) != 0) {
      arguments |= 1U << (word < kFirstArgument ? kCallersCode : (word - kFirstArgument) / 2);
    }
  }
  return made_of(std::move(possible), arguments);
}

Action of_both(Action earlier, Action later) {
  return stricter(earlier, later) ? earlier : later;
}

std::vector<Action> answers(const Verdict& verdict) {
  if (!verdict.possible.empty()) {
    return verdict.possible;
  }
  std::vector<Action> all{verdict.otherwise};
  for (const Rule& rule : verdict.rules) {
    all.push_back(rule.action);
  }
  return all;
}

Verdict stack_answers(const Verdict& earlier, const Verdict& later) {
  std::vector<Action> possible;
  for (const Action one : answers(earlier)) {
    for (const Action other : answers(later)) {
      possible.push_back(of_both(one, other));
    }
  }
  return made_of(std::move(possible), earlier.arguments | later.arguments);
}

std::vector<Rule> with_otherwise(const Verdict& verdict) {
  std::vector<Rule> rules = verdict.rules;
  rules.push_back({verdict.otherwise, {}});
  return rules;
}

bool same(const Condition& one, const Condition& other) {
  return one.index == other.index && one.op == other.op && one.value == other.value &&
         one.value_two == other.value_two;
}

bool among(const Condition& condition, const std::vector<Condition>& all) {
  return std::ranges::any_of(all, [&](const Condition& one) { return same(one, condition); });
}

/// Whether `other` holds wherever `rule` does, as it has no condition more.
bool covers(const Rule& other, const Rule& rule) {
  return std::ranges::all_of(other.conditions, [&](const Condition& condition) {
    return among(condition, rule.conditions);
  });
}

/// What `later` makes of one rule of the earlier filter, in the order in which they are asked.
void add_stacked(std::vector<Rule>& all, const Rule& rule, const std::vector<Rule>& later) {
  std::vector<Rule> cases;
  for (const Rule& other : later) {
    Rule both{of_both(rule.action, other.action), rule.conditions};
    for (const Condition& condition : other.conditions) {
      if (!among(condition, rule.conditions)) {
        both.conditions.push_back(condition);
      }
    }
    cases.push_back(std::move(both));
  }
  // The last one holds wherever `rule` does, so those before it that say the same add nothing.
  while (cases.size() > 1 && cases[cases.size() - 2].action == cases.back().action) {
    cases.erase(cases.end() - 2);
  }
  for (Rule& one : cases) {
    if (std::ranges::none_of(all, [&](const Rule& before) { return covers(before, one); })) {
      all.push_back(std::move(one));
    }
  }
}

std::uint32_t highest(const Interface& interface) {
  return interface.audit == AUDIT_ARCH_X86_64 && !interface.x32 ? kX32Bit - 1 : ~std::uint32_t{0};
}

/// Numbers from which on the answer may be another one than before.
std::vector<std::uint32_t> turning_points(std::span<const Source> sources, std::uint32_t base,
                                          std::uint32_t last) {
  std::vector<std::uint32_t> points;
  for (std::uint32_t number = 0; number <= kLastNamed; ++number) {
    points.push_back(base + number);
  }
  for (const Source& source : sources) {
    for (const sock_filter& step : source.filter->program) {
      if (BPF_CLASS(step.code) == BPF_JMP && step.k >= base && step.k <= last) {
        points.push_back(step.k);
        points.push_back(step.k == last ? last : step.k + 1);
      }
    }
  }
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

/// What one filter says: the program decides, rules only tell it better where arguments count.
Result<Verdict> judge(const Source& source, const seccomp_data& call) {
  auto verdict = by_program(source.filter->program, call);
  if (!verdict) {
    return Error{.failure = Failure::kInternal,
                 .stage = "confine",
                 .object = source.filter->origin,
                 .problem = "the program cannot be followed for call " +
                            std::to_string(static_cast<std::uint32_t>(call.nr))};
  }
  const RuleSet* rules = verdict->constant() ? nullptr : source.rules();
  return rules == nullptr ? std::move(*verdict) : by_rules(*rules, call);
}

Result<Verdict> judge(std::span<const Source> sources, const seccomp_data& call) {
  TRY(Verdict verdict, judge(sources.front(), call));
  for (const Source& source : sources.subspan(1)) {
    TRY(const Verdict next, judge(source, call));
    verdict = stack(verdict, next);
  }
  return verdict;
}

/// Unknown calls with one verdict are told together.
void add(std::vector<Calls>& calls, Calls next) {
  if (next.name.empty() && !calls.empty() && calls.back().name.empty() &&
      calls.back().verdict == next.verdict) {
    calls.back().last = next.last;
  } else {
    calls.push_back(std::move(next));
  }
}

Result<std::vector<Calls>> judge_all(std::span<const Source> sources, const Interface& interface) {
  const std::uint32_t base = interface.x32 ? kX32Bit : 0;
  const std::uint32_t last = highest(interface);
  const std::vector<std::uint32_t> points = turning_points(sources, base, last);
  std::vector<Calls> calls;
  for (std::size_t at = 0; at < points.size(); ++at) {
    const std::uint32_t number = points[at];
    seccomp_data call{};
    call.nr = static_cast<int>(number);
    call.arch = interface.audit;
    TRY(Verdict verdict, judge(sources, call));
    add(calls, {.first = number,
                .last = at + 1 < points.size() ? points[at + 1] - 1 : last,
                .name = number - base <= kLastNamed ? name_of_call(interface, number) : "",
                .verdict = std::move(verdict)});
  }
  return calls;
}

}  // namespace

bool operator==(const Verdict& one, const Verdict& other) {
  const auto same_rule = [](const Rule& a, const Rule& b) {
    return a.action == b.action && std::ranges::equal(a.conditions, b.conditions, same);
  };
  return one.otherwise == other.otherwise && one.arguments == other.arguments &&
         one.possible == other.possible && std::ranges::equal(one.rules, other.rules, same_rule);
}

Verdict stack(const Verdict& earlier, const Verdict& later) {
  const std::size_t product = (earlier.rules.size() + 1) * (later.rules.size() + 1);
  if (!earlier.possible.empty() || !later.possible.empty() || product > kMostRules) {
    return stack_answers(earlier, later);
  }
  const std::vector<Rule> others = with_otherwise(later);
  std::vector<Rule> all;
  for (const Rule& rule : with_otherwise(earlier)) {
    add_stacked(all, rule, others);
  }
  // No rule before the last is without conditions, so nothing covers it.
  const Action otherwise = all.back().action;
  all.pop_back();
  return made_of(std::move(all), otherwise);
}

Result<std::vector<InterfaceVerdicts>> verdicts(std::span<const Filter> filters) {
  std::vector<InterfaceVerdicts> all;
  if (filters.empty()) {
    return all;
  }
  TRY(const std::vector<Source> sources, read_sources(filters));
  for (const Interface& interface : all_interfaces()) {
    TRY(std::vector<Calls> calls, judge_all(sources, interface));
    all.push_back({interface.name, interface.audit, std::move(calls)});
  }
  return all;
}

}  // namespace indexrun::confine
