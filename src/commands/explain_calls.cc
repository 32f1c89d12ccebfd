// SPDX-License-Identifier: Apache-2.0
#include "commands/explain_calls.h"

#include "base/quote.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace indexrun::commands {

namespace {

using confine::Calls;
using confine::Condition;
using confine::InterfaceVerdicts;
using confine::Op;
using confine::Verdict;

constexpr std::size_t kLabelWidth = 9;
constexpr std::size_t kLineWidth = 100;
constexpr unsigned kCallersCode = 6;

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return "0x" + std::string(digits.data(), end);
}

std::string_view symbol(Op op) {
  switch (op) {
    case Op::kNotEqual:
      return " != ";
    case Op::kLess:
      return " < ";
    case Op::kLessOrEqual:
      return " <= ";
    case Op::kEqual:
    case Op::kMaskedEqual:
      return " == ";
    case Op::kGreaterOrEqual:
      return " >= ";
    case Op::kGreater:
      return " > ";
  }
  return " ? ";
}

std::string condition_text(const Condition& condition) {
  const std::string argument = "arg" + std::to_string(condition.index);
  if (condition.op == Op::kMaskedEqual) {
    return "(" + argument + " & " + hexadecimal(condition.value) +
           ") == " + hexadecimal(condition.value_two);
  }
  return argument + std::string(symbol(condition.op)) + hexadecimal(condition.value);
}

std::string describe_arguments(std::uint32_t arguments) {
  std::string text;
  for (unsigned index = 0; index < kCallersCode; ++index) {
    if ((arguments >> index & 1U) != 0) {
      text.append(text.empty() ? "arg" : ", arg").append(std::to_string(index));
    }
  }
  if ((arguments >> kCallersCode & 1U) != 0) {
    text.append(text.empty() ? "" : ", ").append("where it is called from");
  }
  return text;
}

/// "read", "numbers 335-423", "numbers from 463 on".
std::string name_of(const Calls& calls, std::uint32_t last) {
  if (!calls.name.empty()) {
    return calls.name;
  }
  const std::string first = std::to_string(calls.first);
  if (calls.last == last) {
    return "numbers from " + first + " on";
  }
  return calls.first == calls.last ? "number " + first
                                   : "numbers " + first + "-" + std::to_string(calls.last);
}

const Calls* find(const InterfaceVerdicts& interface, std::string_view name) {
  const auto found = std::ranges::find(interface.calls, name, &Calls::name);
  return found == interface.calls.end() ? nullptr : &*found;
}

struct Answered {
  const Verdict* verdict;
  std::string names;
};

/// By what they get; constant answers first.
std::vector<Answered> group(const InterfaceVerdicts& interface, const InterfaceVerdicts& native) {
  std::vector<Answered> groups;
  const std::uint32_t last = interface.calls.back().last;
  for (const Calls& calls : interface.calls) {
    const Calls* there =
        &interface == &native || calls.name.empty() ? nullptr : find(native, calls.name);
    if (there != nullptr && there->verdict == calls.verdict) {
      continue;
    }
    const auto same = std::ranges::find_if(
        groups, [&](const Answered& one) { return *one.verdict == calls.verdict; });
    if (same == groups.end()) {
      groups.push_back({&calls.verdict, name_of(calls, last)});
    } else {
      same->names.append(", ").append(name_of(calls, last));
    }
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](const Answered& one) { return one.verdict->constant(); });
  return groups;
}

void add_interface(std::string& text, const InterfaceVerdicts& interface,
                   const InterfaceVerdicts& native) {
  const std::vector<Answered> groups = group(interface, native);
  if (&interface != &native) {
    const bool alone = std::ranges::all_of(interface.calls, [&](const Calls& calls) {
      return calls.verdict == interface.calls.front().verdict;
    });
    if (alone) {
      add_fact(text, interface.name,
               describe(interface.calls.front().verdict) + ": every system call");
      return;
    }
    add_fact(text, interface.name, "as " + std::string(native.name) + ", and where it differs:");
  }
  for (const Answered& one : groups) {
    add_fact(text, interface.name,
             one.verdict->constant() ? describe(*one.verdict) + ": " + one.names
                                     : one.names + ": " + describe(*one.verdict));
  }
}

/// What was there before us has its say as well, and cannot be read.
std::string inherited(const confine::Present& state) {
  if (!state.filters) {
    return "a filter that was there before, and cannot be read, has its say as well";
  }
  return std::to_string(*state.filters) +
         (*state.filters == 1 ? " filter that was" : " filters that were") +
         " there before, and cannot be read, " +
         (*state.filters == 1 ? "has its say as well" : "have their say as well");
}

}  // namespace

void add_fact(std::string& text, std::string_view label, std::string_view value) {
  text.append(label);
  std::size_t column = std::max(kLabelWidth, label.size() + 1);
  text.append(column - label.size(), ' ');
  bool first = true;
  while (!value.empty()) {
    const std::size_t blank = std::min(value.find(' '), value.size());
    if (!first && column + 1 + blank > kLineWidth) {
      text.append("\n").append(kLabelWidth, ' ');
      column = kLabelWidth;
    } else if (!first) {
      text.append(" ");
      ++column;
    }
    text.append(value.substr(0, blank));
    column += blank;
    value.remove_prefix(std::min(blank + 1, value.size()));
    first = false;
  }
  text.append("\n");
}

std::string describe(const std::vector<Condition>& conditions) {
  std::string text;
  for (const Condition& condition : conditions) {
    text.append(text.empty() ? "" : " and ").append(condition_text(condition));
  }
  return text;
}

std::string describe(const Verdict& verdict) {
  std::string text;
  for (const confine::Rule& rule : verdict.rules) {
    text += confine::describe_action(rule.action) + " when " + describe(rule.conditions) + "; ";
  }
  if (verdict.possible.empty()) {
    return text + (text.empty() ? "" : "else ") + confine::describe_action(verdict.otherwise);
  }
  for (const confine::Action action : verdict.possible) {
    text.append(text.empty() ? "" : " or ").append(confine::describe_action(action));
  }
  return text + ", by " + describe_arguments(verdict.arguments);
}

void add_calls(std::string& text, const confine::Effective& effective) {
  const confine::Present& state = effective.state;
  if (state.filtered) {
    add_fact(text, "seccomp", inherited(state));
  }
  if (effective.filters.empty()) {
    add_fact(text, "seccomp", "no filter of ours");
    return;
  }
  std::size_t number = 0;
  for (const confine::LoadedFilter& filter : effective.filters) {
    add_fact(text, "seccomp",
             "filter " + std::to_string(++number) + " of " +
                 std::to_string(effective.filters.size()) + ": " + printable(filter.origin) + ", " +
                 std::to_string(filter.instructions) + " instructions");
  }
  for (const InterfaceVerdicts& interface : effective.calls) {
    add_interface(text, interface, effective.calls.front());
  }
}

}  // namespace indexrun::commands
