// SPDX-License-Identifier: Apache-2.0
#include "confine/bpf.h"

#include <cstring>

namespace indexrun::confine {
namespace {

/// How far a jump goes beyond the next instruction; nothing if it is none that is known.
std::optional<std::size_t> jump(const sock_filter& step, std::uint32_t accumulator) {
  const auto branch = [&](bool taken) -> std::size_t { return taken ? step.jt : step.jf; };
  switch (step.code) {
    case BPF_JMP | BPF_JA:
      return step.k;
    case BPF_JMP | BPF_JEQ | BPF_K:
      return branch(accumulator == step.k);
    case BPF_JMP | BPF_JGT | BPF_K:
      return branch(accumulator > step.k);
    case BPF_JMP | BPF_JGE | BPF_K:
      return branch(accumulator >= step.k);
    case BPF_JMP | BPF_JSET | BPF_K:
      return branch((accumulator & step.k) != 0);
    default:
      return std::nullopt;
  }
}

/// A 32-bit word of the call, in the machine's own byte order as the kernel reads it.
std::optional<std::uint32_t> load(const seccomp_data& call, std::uint32_t offset) {
  std::uint32_t word = 0;
  if (offset % sizeof word != 0 || offset > sizeof call - sizeof word) {
    return std::nullopt;
  }
  std::memcpy(&word, reinterpret_cast<const char*>(&call) + offset, sizeof word);
  return word;
}

}  // namespace

std::optional<std::uint32_t> evaluate(std::span<const sock_filter> program,
                                      const seccomp_data& call) {
  std::uint32_t accumulator = 0;
  // Jumps only go forward, so every step comes nearer to the end.
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& step = program[at];
    if (step.code == (BPF_RET | BPF_K)) {
      return step.k;
    }
    if (step.code == (BPF_ALU | BPF_AND | BPF_K)) {
      accumulator &= step.k;
    } else if (step.code == (BPF_LD | BPF_W | BPF_ABS)) {
      const auto word = load(call, step.k);
      if (!word) {
        return std::nullopt;
      }
      accumulator = *word;
    } else if (const auto distance = jump(step, accumulator)) {
      at += *distance;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace indexrun::confine
