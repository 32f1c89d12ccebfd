// SPDX-License-Identifier: Apache-2.0
#include "status/exit_code.h"

#include "base/decimal.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "base/signals.h"

#include <algorithm>
#include <csignal>
#include <string>

namespace indexrun::status {

namespace {

constexpr std::array<ExitClass, 8> kClasses{{
    {Failure::kConfig, "config", 196, Action::kFailJob,
     "can never work: usage, index, list or template"},
    {Failure::kItem, "item", 197, Action::kFailIndex, "this index has no valid item"},
    {Failure::kInput, "input", 198, Action::kCount, "the input could not be prepared now"},
    {Failure::kConfine, "confine", 199, Action::kCount,
     "confinement could not be had: nothing was run"},
    {Failure::kTimeout, "timeout", 124, Action::kCount, "the time limit ended the run"},
    {Failure::kInternal, "internal", 125, Action::kCount, "indexrun itself failed"},
    {Failure::kNoexec, "noexec", 126, Action::kCount, "the program cannot be executed"},
    {Failure::kNotfound, "notfound", 127, Action::kCount, "the program was not found"},
}};

constexpr int kSignalBase = 128;

Error refused(std::string_view option, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "options",
               .object = std::string(option),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

std::size_t row_of(Failure failure) {
  const auto row = std::find_if(kClasses.begin(), kClasses.end(),
                                [&](const ExitClass& c) { return c.failure == failure; });
  return static_cast<std::size_t>(row - kClasses.begin());
}

// "LEFT=NUMBER", the number between `least` and 255.
struct Assignment {
  std::string_view left;
  int number;
};

Result<Assignment> parse_assignment(std::string_view option, std::string_view text,
                                    std::uint64_t least) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0) {
    return refused(option, "found " + quote(text) + ", expected NAME=NUMBER");
  }
  const auto number = parse_decimal(text.substr(equals + 1));
  if (!number || *number < least || *number > 255) {
    return refused(option, "found " + quote(text) + ", expected a number from " +
                               std::to_string(least) + " to 255 after '='");
  }
  return Assignment{text.substr(0, equals), static_cast<int>(*number)};
}

}  // namespace

std::span<const ExitClass> exit_classes() {
  return kClasses;
}

std::string_view class_name(Failure failure) {
  const std::size_t row = row_of(failure);
  return row < kClasses.size() ? kClasses.at(row).name : "stopped";
}

ExitCodes::ExitCodes() : changed_(kClasses.size(), false) {
  codes_.reserve(kClasses.size());
  for (const ExitClass& row : kClasses) {
    codes_.push_back(row.code);
  }
}

Result<ExitCodes> ExitCodes::parse(const Spec& spec) {
  ExitCodes codes;
  for (const std::string& text : spec.exit_codes) {
    CHECK(codes.add_class(text));
  }
  codes.allow_term_success_ = spec.allow_term_success;
  for (const std::string& text : spec.map_exit) {
    CHECK(codes.add_mapping(text, spec.allow_term_success));
  }
  return codes;
}

Result<void> ExitCodes::add_class(std::string_view text) {
  constexpr std::string_view kOption = "--exit-code";
  TRY(const Assignment assignment, parse_assignment(kOption, text, 1));
  std::vector<std::string_view> names;
  for (const ExitClass& row : kClasses) {
    names.push_back(row.name);
  }
  const auto name = std::find(names.begin(), names.end(), assignment.left);
  if (name == names.end()) {
    const auto near = near_miss(assignment.left, names);
    std::string all;
    for (const std::string_view known : names) {
      all.append(all.empty() ? "" : ", ").append(known);
    }
    return refused(kOption,
                   "there is no class " + quote(assignment.left) + ", expected one of " + all,
                   near ? "did you mean " + std::string(*near) + "?" : "");
  }
  const auto row = static_cast<std::size_t>(name - names.begin());
  if (changed_[row]) {
    return refused(kOption, "class " + quote(assignment.left) + " is given twice");
  }
  changed_[row] = true;
  codes_[row] = assignment.number;
  return {};
}

Result<void> ExitCodes::add_mapping(std::string_view text, bool allow_term_success) {
  constexpr std::string_view kOption = "--map-exit";
  constexpr std::string_view kSignalPrefix = "sig:";
  TRY(const Assignment assignment, parse_assignment(kOption, text, 0));
  Mapping mapping{.code = 0, .signal = 0, .to = assignment.number};
  if (assignment.left.starts_with(kSignalPrefix)) {
    const auto signal = parse_signal(assignment.left.substr(kSignalPrefix.size()));
    if (!signal) {
      return refused(kOption, "found " + quote(text) + ", expected a signal after 'sig:'",
                     "write sig:KILL=137 or 3=0");
    }
    mapping.signal = *signal;
  } else {
    const auto code = parse_decimal(assignment.left);
    if (!code || *code > 255) {
      return refused(kOption, "found " + quote(text) + ", expected 0 to 255 or sig:NAME before '='",
                     "write sig:KILL=137 or 3=0");
    }
    mapping.code = static_cast<int>(*code);
  }
  const bool term_death =
      mapping.signal == SIGTERM || (mapping.signal == 0 && mapping.code == kSignalBase + SIGTERM);
  if (term_death && mapping.to == 0 && !allow_term_success) {
    return refused(kOption,
                   "found " + quote(text) + ": a program stopped by TERM would count as finished",
                   "add --allow-term-success if a stopped program has really done its work");
  }
  for (const Mapping& other : mappings_) {
    if (other.code == mapping.code && other.signal == mapping.signal) {
      return refused(kOption, quote(assignment.left) + " is mapped twice");
    }
  }
  mappings_.push_back(mapping);
  return {};
}

int ExitCodes::of(const Error& error) const {
  const std::size_t row = row_of(error.failure);
  return row < codes_.size() ? codes_[row] : kSignalBase + error.signal;
}

int ExitCodes::of(const launch::Outcome& outcome) const {
  if (outcome.timed_out) {
    return codes_[row_of(Failure::kTimeout)];
  }
  for (const Mapping& mapping : mappings_) {
    const bool applies = outcome.status.signal == mapping.signal &&
                         (mapping.signal != 0 || outcome.status.code == mapping.code);
    const bool pretends = mapping.to == 0 && outcome.stopped && !allow_term_success_;
    if (applies && !pretends) {
      return mapping.to;
    }
  }
  return outcome.status.exit_code();
}

}  // namespace indexrun::status
