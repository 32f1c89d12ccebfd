// SPDX-License-Identifier: Apache-2.0
#include "confine/bpf.h"

#include <cstring>

namespace indexrun::confine {
namespace {

bool taken(std::uint16_t code, std::uint32_t accumulator, std::uint32_t constant) {
  switch (BPF_OP(code)) {
    case BPF_JEQ:
      return accumulator == constant;
    case BPF_JGT:
      return accumulator > constant;
    case BPF_JGE:
      return accumulator >= constant;
    default:  // BPF_JSET
      return (accumulator & constant) != 0;
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
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS: {
        const auto word = load(call, step.k);
        if (!word) {
          return std::nullopt;
        }
        accumulator = *word;
        break;
      }
      case BPF_ALU | BPF_AND | BPF_K:
        accumulator &= step.k;
        break;
      case BPF_JMP | BPF_JA:
        at += step.k;
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
      case BPF_JMP | BPF_JGT | BPF_K:
      case BPF_JMP | BPF_JGE | BPF_K:
      case BPF_JMP | BPF_JSET | BPF_K:
        at += taken(step.code, accumulator, step.k) ? step.jt : step.jf;
        break;
      case BPF_RET | BPF_K:
        return step.k;
      default:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace indexrun::confine
