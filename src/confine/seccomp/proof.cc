// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/proof.h"

#include "confine/seccomp/classes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace indexrun::confine {
namespace {

constexpr std::size_t kWord = sizeof(std::uint32_t);
constexpr std::size_t kWords = sizeof(seccomp_data) / kWord;
constexpr std::uint32_t kAllBits = ~std::uint32_t{0};

/// Where the halves of an argument are: the kernel writes it as the machine has it.
std::size_t lower_half(unsigned argument) {
  return offsetof(seccomp_data, args) / kWord + 2UL * argument +
         (std::endian::native == std::endian::little ? 0 : 1);
}

std::size_t upper_half(unsigned argument) {
  return lower_half(argument) ^ 1;
}

std::uint64_t joined(std::uint32_t upper, std::uint32_t lower) {
  return std::uint64_t{upper} << 32 | lower;
}

/// What a condition asks of one half of its argument.
Comparison of_half(const Condition& condition, unsigned shift) {
  const auto half = [&](std::uint64_t whole) { return static_cast<std::uint32_t>(whole >> shift); };
  if (condition.op == Op::kMaskedEqual) {
    return {half(condition.value), half(condition.value_two), false};
  }
  const bool ordered = condition.op != Op::kEqual && condition.op != Op::kNotEqual;
  return {kAllBits, half(condition.value), ordered};
}

/// Which word an instruction's operand comes from, and which of its bits are left.
struct Accumulator {
  std::size_t word = 0;
  std::uint32_t mask = kAllBits;
};

struct Position {
  std::size_t at = 0;
  Accumulator accumulator = {};
};

using Comparisons = std::array<std::vector<Comparison>, kWords>;

Comparison of_jump(const sock_filter& step, std::uint32_t mask) {
  switch (BPF_OP(step.code)) {
    case BPF_JEQ:
      return {mask, step.k, false};
    case BPF_JSET:
      return {mask & step.k, 0, false};
    default:
      return {mask, step.k, true};
  }
}

bool jumps_always(const sock_filter& step) {
  return step.code == (BPF_JMP | BPF_JA);
}

/// What is before the next return or the next comparison has one way only; false: it returns.
bool run_to_comparison(std::span<const sock_filter> program, Position& now) {
  for (;; ++now.at) {
    const sock_filter& step = program[now.at];
    switch (BPF_CLASS(step.code)) {
      case BPF_LD:
        now.accumulator = {step.k / kWord, kAllBits};
        break;
      case BPF_ALU:
        now.accumulator.mask &= step.k;
        break;
      case BPF_RET:
        return false;
      default:
        if (!jumps_always(step)) {
          return true;
        }
        now.at += step.k;
    }
  }
}

/// Every comparison of the program that can be reached, by the word it looks at.
void collect(std::span<const sock_filter> program, std::size_t from, Comparisons& comparisons) {
  std::set<std::tuple<std::size_t, std::size_t, std::uint32_t>> seen;
  std::vector<Position> open = {{from}};
  while (!open.empty()) {
    Position now = open.back();
    open.pop_back();
    if (!run_to_comparison(program, now) ||
        !seen.emplace(now.at, now.accumulator.word, now.accumulator.mask).second) {
      continue;
    }
    const sock_filter& step = program[now.at];
    comparisons[now.accumulator.word].push_back(of_jump(step, now.accumulator.mask));
    open.push_back({now.at + 1 + step.jt, now.accumulator});
    open.push_back({now.at + 1 + step.jf, now.accumulator});
  }
}

using Words = std::span<std::uint32_t>;
/// For each word of the call the values it may have: one of each class. All their combinations.
using Region = std::array<Words, kWords>;

/// Regions are parts of the same arrays, which are put in order as they are split. Whatever waits
/// for its turn is older than what is split, so its parts hold all of that or nothing of it.
class Walk {
 public:
  Walk(std::span<const sock_filter> program, const Call& call, Action otherwise)
      : program_(program), call_(call), otherwise_(otherwise) {}

  /// Every path of the program from `at` on.
  void follow(std::size_t at, const Region& all) {
    std::vector<std::pair<Position, Region>> open = {{{at}, all}};
    while (!open.empty() && going_on()) {
      auto [now, region] = open.back();
      open.pop_back();
      if (!run_to_comparison(program_, now)) {
        judge(region, program_[now.at].k);
        continue;
      }
      const sock_filter& step = program_[now.at];
      const std::size_t word = now.accumulator.word;
      const std::uint32_t mask = now.accumulator.mask;
      const auto [yes, no] =
          split(region[word], [&](std::uint32_t value) { return *takes_jump(step, value & mask); });
      for (const bool taken : {true, false}) {
        if (const Words part = taken ? yes : no; !part.empty()) {
          region[word] = part;
          const std::size_t next = now.at + 1 + (taken ? step.jt : step.jf);
          open.emplace_back(Position{next, now.accumulator}, region);
        }
      }
    }
  }

  /// Whether the rules say `found` in all of the region.
  void judge(const Region& all, Action found) {
    std::vector<Open> open = {{all}};
    while (!open.empty() && going_on()) {
      const Open now = open.back();
      open.pop_back();
      if (now.rule == call_.rules.size()) {
        expect(otherwise_, found, now.region);
      } else if (now.condition == call_.rules[now.rule].conditions.size()) {
        expect(call_.rules[now.rule].action, found, now.region);
      } else {
        decide(now, open);
      }
    }
  }

  [[nodiscard]] const Proof& proof() const { return proof_; }

 private:
  /// Part of a region for which the rules and conditions before these have been decided.
  struct Open {
    Region region;
    std::size_t rule = 0;
    std::size_t condition = 0;
  };

  [[nodiscard]] bool going_on() const { return proof_.complete && !proof_.counterexample; }

  template <typename Holds>
  std::pair<Words, Words> split(Words words, Holds holds) {
    steps_ += words.size();
    proof_.complete = proof_.complete && steps_ <= kMostSteps;
    const auto middle = std::partition(words.begin(), words.end(), holds);
    const auto size = static_cast<std::size_t>(middle - words.begin());
    return {words.first(size), words.subspan(size)};
  }

  /// The parts of a region in which the condition is true, and in which it is false.
  void decide(const Open& now, std::vector<Open>& open) {
    const Condition& condition = call_.rules[now.rule].conditions[now.condition];
    const std::size_t upper = upper_half(condition.index);
    const std::size_t lower = lower_half(condition.index);
    const auto settle = [&](Words uppers, Words lowers, bool holds) {
      if (!uppers.empty() && !lowers.empty()) {
        Open next = holds ? Open{now.region, now.rule, now.condition + 1}
                          : Open{now.region, now.rule + 1, 0};
        next.region[upper] = uppers;
        next.region[lower] = lowers;
        open.push_back(next);
      }
    };
    // Only where the upper halves are equal, the lower ones matter.
    const Comparison first = of_half(condition, 32);
    const auto parts = split(now.region[upper], [&](std::uint32_t word) {
      return first.of(word) == std::strong_ordering::equal;
    });
    const Words equal = parts.first;
    const auto holds = [&](std::uint32_t above, std::uint32_t below) {
      return condition.holds(joined(above, below));
    };
    const Words all = now.region[lower];
    const auto [yes, no] =
        split(parts.second, [&](std::uint32_t word) { return holds(word, all.front()); });
    settle(yes, all, true);
    settle(no, all, false);
    if (!equal.empty()) {
      const auto [right, wrong] =
          split(all, [&](std::uint32_t word) { return holds(equal.front(), word); });
      settle(equal, right, true);
      settle(equal, wrong, false);
    }
  }

  void expect(Action expected, Action found, const Region& region) {
    if (expected == found || proof_.counterexample) {
      return;
    }
    std::array<std::uint32_t, kWords> words{};
    std::ranges::transform(region, words.begin(), [](Words one) { return one.front(); });
    proof_.counterexample = std::bit_cast<seccomp_data>(words);
  }

  std::span<const sock_filter> program_;
  const Call& call_;
  Action otherwise_;
  Proof proof_;
  std::size_t steps_ = 0;
};

/// What the rules compare the halves of the arguments with.
Comparisons comparisons_of(const Call& call, bool narrow) {
  Comparisons comparisons;
  for (const Rule& rule : call.rules) {
    for (const Condition& condition : rule.conditions) {
      if (!narrow) {
        comparisons[upper_half(condition.index)].push_back(of_half(condition, 32));
      }
      comparisons[lower_half(condition.index)].push_back(of_half(condition, 0));
    }
  }
  return comparisons;
}

using Values = std::array<std::vector<std::uint32_t>, kWords>;

/// One of each class for the words that the rules mention, the call's own for the others. Nothing
/// if they are too many.
std::optional<Values> values_of(std::span<const sock_filter> program, const Progress& from,
                                const seccomp_data& any, Comparisons comparisons) {
  std::array<bool, kWords> free{};
  std::ranges::transform(comparisons, free.begin(), [](const auto& of) { return !of.empty(); });
  if (!from.value) {
    collect(program, from.at, comparisons);
  }
  const auto fixed = std::bit_cast<std::array<std::uint32_t, kWords>>(any);
  Values values;
  for (std::size_t word = 0; word < kWords; ++word) {
    auto every = free[word] ? representatives(std::move(comparisons[word]))
                            : std::optional(std::vector{fixed[word]});
    if (!every) {
      return std::nullopt;
    }
    values[word] = std::move(*every);
  }
  return values;
}

}  // namespace

Proof prove(std::span<const sock_filter> program, const Progress& from, const seccomp_data& any,
            const RuleSet& rules) {
  const Interface& interface = *rules.find(any);
  const Call& call = *interface.find(static_cast<std::uint32_t>(any.nr));
  auto values = values_of(program, from, any, comparisons_of(call, interface.narrow));
  if (!values) {
    return {.complete = false};
  }
  Region region;
  std::ranges::copy(*values, region.begin());
  Walk walk(program, call, rules.default_action);
  if (from.value) {
    walk.judge(region, *from.value);
  } else {
    walk.follow(from.at, region);
  }
  return walk.proof();
}

}  // namespace indexrun::confine
