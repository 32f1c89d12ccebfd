// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/points.h"

#include "confine/seccomp/check.h"

#include <algorithm>
#include <array>
#include <bit>

namespace indexrun::confine {
namespace {

constexpr std::size_t kArguments = 6;
constexpr std::uint64_t kLow = 0xFFFF'FFFF;

/// The comparisons of a program are of 32-bit halves: what is around the value in each of them,
/// with the other half as it is and at its ends.
void add_value(std::vector<std::uint64_t>& values, std::uint64_t value) {
  const std::uint64_t high = value & ~kLow;
  const std::uint64_t low = value & kLow;
  constexpr std::uint64_t kStep = kLow + 1;
  for (const std::uint64_t one :
       {value, value - 1, value + 1, value - kStep, value + kStep, std::rotl(value, 32), high,
        high | kLow, low, low | ~kLow, (high - kStep) | kLow, high + kStep,
        high | ((low - 1) & kLow), high | ((low + 1) & kLow)}) {
    values.push_back(one);
  }
}

void add_mask(std::vector<std::uint64_t>& values, std::uint64_t mask, std::uint64_t rest) {
  for (const std::uint64_t one : {rest, rest | ~mask, mask, ~mask, ~rest, rest ^ kLow, rest ^ ~kLow,
                                  rest | (~mask & kLow), rest | (~mask & ~kLow)}) {
    values.push_back(one);
  }
  if (mask == 0) {
    return;
  }
  // Bits of the mask in either half, alone wrong.
  const auto lowest = std::uint64_t{1} << std::countr_zero(mask);
  const auto highest = std::bit_floor(mask);
  values.push_back(rest ^ lowest);
  values.push_back(rest ^ highest);
  values.push_back((rest ^ highest) | ~mask);
  values.push_back(rest ^ std::bit_floor(mask & kLow));
}

class Sampler {
 public:
  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ % limit);
  }

 private:
  std::uint64_t state_ = 0x9E37'79B9'7F4A'7C15;  // fixed: the same answer each time
};

struct Argument {
  unsigned index = 0;
  std::vector<std::uint64_t> values;
};

using Ask = std::function<bool(const seccomp_data&)>;

bool every_combination(seccomp_data& call, const std::vector<Argument>& arguments, std::size_t from,
                       const Ask& ask) {
  if (from == arguments.size()) {
    return ask(call);
  }
  for (const std::uint64_t value : arguments[from].values) {
    call.args[arguments[from].index] = value;
    if (!every_combination(call, arguments, from + 1, ask)) {
      return false;
    }
  }
  return true;
}

/// A value of the argument for which all the rule's conditions on it hold.
std::uint64_t fitting(const Rule& rule, const Argument& argument, seccomp_data call) {
  for (const std::uint64_t value : argument.values) {
    call.args[argument.index] = value;
    const bool fits = std::ranges::all_of(rule.conditions, [&](const Condition& one) {
      return one.index != argument.index || one.holds(call);
    });
    if (fits) {
      return value;
    }
  }
  return 0;
}

/// Where each rule holds, and from there along each argument.
bool around_rules(seccomp_data call, const Call& rules, const std::vector<Argument>& arguments,
                  const Ask& ask) {
  for (const Rule& rule : rules.rules) {
    for (const Argument& argument : arguments) {
      call.args[argument.index] = fitting(rule, argument, call);
    }
    for (const Argument& argument : arguments) {
      seccomp_data moved = call;
      for (const std::uint64_t value : argument.values) {
        moved.args[argument.index] = value;
        if (!ask(moved)) {
          return false;
        }
      }
    }
  }
  return true;
}

bool sample(seccomp_data call, const std::vector<Argument>& arguments, const Ask& ask) {
  Sampler sampler;
  for (std::size_t i = 0; i < kMostCombinations; ++i) {
    for (const Argument& argument : arguments) {
      call.args[argument.index] = argument.values[sampler.below(argument.values.size())];
    }
    if (!ask(call)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::uint64_t> boundary_values(const Call& call, unsigned index, bool narrow) {
  std::vector<std::uint64_t> values;
  for (const Rule& rule : call.rules) {
    for (const Condition& condition : rule.conditions) {
      if (condition.index != index) {
        continue;
      }
      if (condition.op == Op::kMaskedEqual) {
        add_mask(values, condition.value, condition.value_two);
      } else {
        add_value(values, condition.value);
      }
    }
  }
  if (!values.empty()) {
    for (const std::uint64_t one :
         {std::uint64_t{0}, std::uint64_t{1}, kLow, kLow + 1, ~kLow, std::uint64_t{1} << 31,
          std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
      values.push_back(one);
    }
  }
  for (std::uint64_t& value : values) {
    value &= narrow ? kLow : ~std::uint64_t{0};
  }
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

void for_each_point(const seccomp_data& any, const Call& call, bool narrow, const Ask& ask) {
  std::vector<Argument> arguments;
  std::size_t combinations = 1;
  for (unsigned index = 0; index < kArguments; ++index) {
    if (std::vector<std::uint64_t> values = boundary_values(call, index, narrow); !values.empty()) {
      combinations = std::min(combinations, kMostCombinations + 1) * values.size();
      arguments.push_back({index, std::move(values)});
    }
  }
  seccomp_data point = any;
  if (combinations <= kMostCombinations) {
    every_combination(point, arguments, 0, ask);
  } else if (around_rules(point, call, arguments, ask)) {
    sample(point, arguments, ask);
  }
}

}  // namespace indexrun::confine
