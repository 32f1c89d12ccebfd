// SPDX-License-Identifier: Apache-2.0
// A small assembler. Conditional jumps of BPF reach 255 instructions far, so each is emitted as one
// that skips a long jump.
#include "confine/seccomp/emit.h"

#include <cerrno>
#include <cstddef>
#include <optional>

#include <linux/audit.h>
#include <linux/bpf_common.h>

namespace indexrun::confine {
namespace {

class Assembler {
 public:
  using Label = std::size_t;

  Label label() {
    targets_.push_back(0);
    return targets_.size() - 1;
  }
  void place(Label label) { targets_[label] = program_.size(); }

  void load(std::size_t offset) {
    put(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
  }
  void mask(std::uint32_t bits) { put(BPF_ALU | BPF_AND | BPF_K, bits); }
  void give(Action action) { put(BPF_RET | BPF_K, action); }
  void jump(Label to) {
    jumps_.push_back({program_.size(), to});
    put(BPF_JMP | BPF_JA, 0);
  }
  /// Goes to `to` if the comparison holds.
  void jump_if(unsigned comparison, std::uint32_t value, Label to) {
    put(BPF_JMP | comparison | BPF_K, value, 0, 1);
    jump(to);
  }
  void jump_unless(unsigned comparison, std::uint32_t value, Label to) {
    put(BPF_JMP | comparison | BPF_K, value, 1, 0);
    jump(to);
  }

  std::vector<sock_filter> finish() && {
    for (const Jump& one : jumps_) {
      program_[one.at].k = static_cast<std::uint32_t>(targets_[one.to] - one.at - 1);
    }
    return std::move(program_);
  }

 private:
  struct Jump {
    std::size_t at;
    Label to;
  };

  void put(unsigned code, std::uint32_t k, std::uint8_t jt = 0, std::uint8_t jf = 0) {
    program_.push_back({static_cast<std::uint16_t>(code), jt, jf, k});
  }

  std::vector<sock_filter> program_;
  std::vector<std::size_t> targets_;
  std::vector<Jump> jumps_;
};

using Label = Assembler::Label;

constexpr std::uint32_t high(std::uint64_t value) {
  return static_cast<std::uint32_t>(value >> 32);
}
constexpr std::uint32_t low(std::uint64_t value) {
  return static_cast<std::uint32_t>(value);
}

std::size_t offset_of(unsigned index, bool upper) {
  constexpr bool kBig = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
  return offsetof(seccomp_data, args) + index * sizeof(std::uint64_t) +
         (upper != kBig ? sizeof(std::uint32_t) : 0);
}

/// Falls through if argument > value (or >= with `also_equal`), goes to `fail` otherwise.
void greater(Assembler& out, const Condition& condition, bool also_equal, Label fail) {
  const Label pass = out.label();
  out.load(offset_of(condition.index, true));
  out.jump_if(BPF_JGT, high(condition.value), pass);
  out.jump_unless(BPF_JEQ, high(condition.value), fail);
  out.load(offset_of(condition.index, false));
  out.jump_unless(also_equal ? BPF_JGE : BPF_JGT, low(condition.value), fail);
  out.place(pass);
}

void equal(Assembler& out, const Condition& condition, Label fail) {
  out.load(offset_of(condition.index, true));
  out.jump_unless(BPF_JEQ, high(condition.value), fail);
  out.load(offset_of(condition.index, false));
  out.jump_unless(BPF_JEQ, low(condition.value), fail);
}

void masked_equal(Assembler& out, const Condition& condition, Label fail) {
  for (const bool upper : {true, false}) {
    const auto half = upper ? high : low;
    out.load(offset_of(condition.index, upper));
    out.mask(half(condition.value));
    out.jump_unless(BPF_JEQ, half(condition.value_two), fail);
  }
}

/// The opposite of what `test` falls through for.
template <typename Test>
void unless(Assembler& out, Label fail, Test test) {
  const Label pass = out.label();
  test(pass);
  out.jump(fail);
  out.place(pass);
}

/// Falls through if the condition holds.
void check(Assembler& out, const Condition& condition, Label fail) {
  switch (condition.op) {
    case Op::kEqual:
      return equal(out, condition, fail);
    case Op::kNotEqual:
      return unless(out, fail, [&](Label pass) { equal(out, condition, pass); });
    case Op::kGreater:
      return greater(out, condition, false, fail);
    case Op::kGreaterOrEqual:
      return greater(out, condition, true, fail);
    case Op::kLess:
      return unless(out, fail, [&](Label pass) { greater(out, condition, true, pass); });
    case Op::kLessOrEqual:
      return unless(out, fail, [&](Label pass) { greater(out, condition, false, pass); });
    case Op::kMaskedEqual:
      return masked_equal(out, condition, fail);
  }
}

void emit_call(Assembler& out, const Call& call, Action otherwise) {
  const Label other = out.label();
  out.jump_unless(BPF_JEQ, call.number, other);
  bool settled = false;
  for (const Rule& rule : call.rules) {
    const Label next = out.label();
    for (const Condition& condition : rule.conditions) {
      check(out, condition, next);
    }
    out.give(rule.action);
    out.place(next);
    settled = rule.conditions.empty();
  }
  if (!settled) {
    out.give(otherwise);
  }
  out.place(other);
}

bool speaks(const Interface& interface) {
  if (interface.horizon) {
    return true;
  }
  for (const Call& call : interface.calls) {
    if (call.ours) {
      return true;
    }
  }
  return false;
}

/// With the call's number in the accumulator.
void emit_interface(Assembler& out, const Interface& interface, Action otherwise) {
  if (interface.horizon) {
    const Label within = out.label();
    out.jump_unless(BPF_JGT, *interface.horizon, within);
    out.give(SECCOMP_RET_ERRNO | ENOSYS);
    out.place(within);
  }
  for (const Call& call : interface.calls) {
    if (call.ours) {
      emit_call(out, call, otherwise);
    }
  }
}

}  // namespace

std::vector<sock_filter> emit_prologue(const RuleSet& rules) {
  Assembler out;
  const Label end = out.label();
  bool any = false;
  for (const Interface& interface : rules.interfaces) {
    if (!speaks(interface)) {
      continue;
    }
    any = true;
    const Label next = out.label();
    out.load(offsetof(seccomp_data, arch));
    out.jump_unless(BPF_JEQ, interface.audit, next);
    out.load(offsetof(seccomp_data, nr));
    if (interface.x32) {
      out.jump_unless(BPF_JGE, kX32Bit, next);
    } else if (interface.audit == AUDIT_ARCH_X86_64) {
      out.jump_if(BPF_JGE, kX32Bit, next);
    }
    emit_interface(out, interface, rules.default_action);
    out.jump(end);
    out.place(next);
  }
  out.place(end);
  return any ? std::move(out).finish() : std::vector<sock_filter>();
}

}  // namespace indexrun::confine
