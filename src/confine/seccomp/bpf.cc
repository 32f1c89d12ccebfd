// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/bpf.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace indexrun::confine {
namespace {

constexpr std::uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr std::uint16_t kAnd = BPF_ALU | BPF_AND | BPF_K;
constexpr std::uint16_t kReturn = BPF_RET | BPF_K;
constexpr std::uint16_t kAlways = BPF_JMP | BPF_JA;

/// How far a jump goes beyond the next instruction; nothing if it is none that is known.
std::optional<std::size_t> jump(const sock_filter& step, std::uint32_t accumulator) {
  if (step.code == kAlways) {
    return step.k;
  }
  const auto taken = takes_jump(step, accumulator);
  return taken ? std::optional<std::size_t>(*taken ? step.jt : step.jf) : std::nullopt;
}

bool is_jump(const sock_filter& step) {
  return jump(step, 0).has_value();
}

bool loads_sanely(const sock_filter& step) {
  return step.k % sizeof(std::uint32_t) == 0 &&
         step.k <= sizeof(seccomp_data) - sizeof(std::uint32_t);
}

/// A 32-bit word of the call, in the machine's own byte order as the kernel reads it.
std::uint32_t load(const seccomp_data& call, std::uint32_t offset) {
  std::uint32_t word = 0;
  std::memcpy(&word, reinterpret_cast<const char*>(&call) + offset, sizeof word);
  return word;
}

/// The evaluator's loop. Jumps only go forward, so every step comes nearer to the end.
template <bool kStopAtArguments>
std::optional<Progress> advance(std::span<const sock_filter> program, const seccomp_data& call,
                                Progress now) {
  for (; now.at < program.size(); ++now.at) {
    const sock_filter& step = program[now.at];
    if (const auto distance = jump(step, now.accumulator)) {
      now.at += *distance;
    } else if (step.code == kLoad && loads_sanely(step)) {
      if (kStopAtArguments && step.k >= offsetof(seccomp_data, instruction_pointer)) {
        return now;
      }
      now.accumulator = load(call, step.k);
    } else if (step.code == kAnd) {
      now.accumulator &= step.k;
    } else if (step.code == kReturn) {
      now.value = step.k;
      return now;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

/// The instructions that some arguments may lead to.
template <typename Visit>
void for_each_reachable(std::span<const sock_filter> program, std::size_t start, Visit visit) {
  std::vector<bool> reached(program.size() + 1, false);
  const auto reach = [&](std::size_t at) { reached[std::min(at, program.size())] = true; };
  reach(start);
  for (std::size_t at = start; at < program.size(); ++at) {
    if (!reached[at]) {
      continue;
    }
    const sock_filter& step = program[at];
    visit(step);
    if (step.code == kAlways) {
      reach(at + 1 + step.k);
    } else if (is_jump(step)) {
      reach(at + 1 + step.jt);
      reach(at + 1 + step.jf);
    } else if (step.code != kReturn) {
      reach(at + 1);
    }
  }
}

std::string fault_at(std::size_t at, const char* what) {
  return "instruction " + std::to_string(at) + " " + what;
}

}  // namespace

std::optional<std::uint32_t> evaluate(std::span<const sock_filter> program,
                                      const seccomp_data& call, Progress from) {
  const auto ended = advance<false>(program, call, from);
  return ended ? ended->value : std::nullopt;
}

std::optional<Progress> run_to_arguments(std::span<const sock_filter> program,
                                         const seccomp_data& call) {
  return advance<true>(program, call, {});
}

std::optional<bool> takes_jump(const sock_filter& step, std::uint32_t accumulator) {
  switch (step.code) {
    case BPF_JMP | BPF_JEQ | BPF_K:
      return accumulator == step.k;
    case BPF_JMP | BPF_JGT | BPF_K:
      return accumulator > step.k;
    case BPF_JMP | BPF_JGE | BPF_K:
      return accumulator >= step.k;
    case BPF_JMP | BPF_JSET | BPF_K:
      return (accumulator & step.k) != 0;
    default:
      return std::nullopt;
  }
}

std::vector<std::uint32_t> outcomes(std::span<const sock_filter> program, const Progress& from) {
  if (from.value) {
    return {*from.value};
  }
  std::vector<std::uint32_t> values;
  for_each_reachable(program, from.at, [&](const sock_filter& step) {
    if (step.code == kReturn) {
      values.push_back(step.k);
    }
  });
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::uint32_t words_read(std::span<const sock_filter> program, const Progress& from) {
  std::uint32_t words = 0;
  if (!from.value) {
    for_each_reachable(program, from.at, [&](const sock_filter& step) {
      if (step.code == kLoad && loads_sanely(step)) {
        words |= std::uint32_t{1} << (step.k / sizeof(std::uint32_t));
      }
    });
  }
  return words;
}

std::string program_fault(std::span<const sock_filter> program) {
  if (program.empty() || program.size() > BPF_MAXINSNS) {
    return "has " + std::to_string(program.size()) + " instructions, expected 1 to " +
           std::to_string(BPF_MAXINSNS);
  }
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& step = program[at];
    const std::size_t room = program.size() - at - 1;
    if (step.code == kReturn) {
      continue;
    }
    if (room == 0) {
      return fault_at(at, "is the last and no return");
    }
    if (is_jump(step)) {
      const bool always = step.code == kAlways;
      if (always ? step.k >= room : std::max(step.jt, step.jf) >= room) {
        return fault_at(at, "jumps out of the program");
      }
    } else if (step.code == kLoad ? !loads_sanely(step) : step.code != kAnd) {
      return fault_at(at, step.code == kLoad ? "loads from outside the call's data"
                                             : "is none that a filter for system calls needs");
    }
  }
  return {};
}

}  // namespace indexrun::confine
