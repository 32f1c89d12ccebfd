// SPDX-License-Identifier: Apache-2.0
// Instructions of filters, for programs that tests write by hand.
#pragma once

#include <cstdint>

#include <linux/filter.h>

namespace indexrun::confine {

inline sock_filter load(std::uint32_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset);
}

inline sock_filter mask(std::uint32_t value) {
  return BPF_STMT(BPF_ALU | BPF_AND | BPF_K, value);
}

/// `op`: BPF_JEQ, BPF_JGT, BPF_JGE or BPF_JSET.
inline sock_filter jump(std::uint16_t op, std::uint32_t value, std::uint8_t yes, std::uint8_t no) {
  return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | op | BPF_K), value, yes, no);
}

inline sock_filter give(std::uint32_t value) {
  return BPF_STMT(BPF_RET | BPF_K, value);
}

}  // namespace indexrun::confine
