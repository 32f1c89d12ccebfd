// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/check.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/proof.h"

#include <algorithm>
#include <cstddef>

#include <linux/audit.h>

namespace indexrun::confine {
namespace {

constexpr std::uint32_t kLastNumber = 600;  // beyond every table

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[value & 0xF]);
    value >>= 4;
  } while (value != 0);
  return "0x" + text;
}

/// The words of seccomp_data that a program may read for the call.
std::uint32_t words_mentioned(const Call& call) {
  constexpr std::uint32_t kNumberAndArchitecture = 3;
  std::uint32_t words = kNumberAndArchitecture;
  for (const Rule& rule : call.rules) {
    for (const Condition& condition : rule.conditions) {
      constexpr std::size_t kWord = sizeof(std::uint32_t);
      const std::size_t first = offsetof(seccomp_data, args) / kWord + 2UL * condition.index;
      words |= std::uint32_t{3} << first;
    }
  }
  return words;
}

class Examination {
 public:
  Examination(std::span<const sock_filter> program, const RuleSet& rules)
      : program_(program), rules_(rules) {}

  std::optional<std::string> run() {
    for (const Interface& interface : rules_.interfaces) {
      ask_interface(interface);
    }
    ask_foreign();
    return std::move(difference_);
  }

 private:
  void ask_interface(const Interface& interface) {
    const std::uint32_t base = interface.x32 ? kX32Bit : 0;
    std::uint32_t last = base + kLastNumber;
    if (interface.horizon) {
      last = std::max(last, *interface.horizon + 2);
    }
    if (!interface.calls.empty()) {
      last = std::max(last, interface.calls.back().number + 2);
    }
    auto call = interface.calls.begin();
    for (std::uint32_t number = base; number <= last && !difference_; ++number) {
      while (call != interface.calls.end() && call->number < number) {
        ++call;
      }
      const bool known = call != interface.calls.end() && call->number == number;
      ask_number(interface, number, known ? &*call : nullptr);
    }
    // Not -1, which is no call: tracers write it to have one skipped.
    for (const std::uint32_t number : {0x3FFF'FFFFU, 0x7FFF'FFFFU, 0xBFFF'FFFFU, 0xFFFF'FFFEU}) {
      ask_anything(interface.audit, number);
    }
  }

  /// Machines that are not listed, and x32 where it is not.
  void ask_foreign() {
    for (const std::uint32_t audit :
         {std::uint32_t{AUDIT_ARCH_X86_64}, std::uint32_t{AUDIT_ARCH_I386},
          std::uint32_t{AUDIT_ARCH_AARCH64}, std::uint32_t{0}}) {
      for (const std::uint32_t number : {0U, 1U, 59U, kX32Bit, kX32Bit + 1, kX32Bit + 520}) {
        const seccomp_data call = make(audit, number);
        if (rules_.find(call) == nullptr) {
          ask_anything(audit, number);
        }
      }
    }
  }

  static seccomp_data make(std::uint32_t audit, std::uint32_t number) {
    seccomp_data call{};
    call.arch = audit;
    call.nr = static_cast<int>(number);
    return call;
  }

  void ask_number(const Interface& interface, std::uint32_t number, const Call* call) {
    const bool beyond = interface.horizon && number > *interface.horizon;
    if (call != nullptr && !beyond && call->conditional()) {
      return ask_conditional(make(interface.audit, number), *call);
    }
    ask_anything(interface.audit, number);
  }

  /// A call whose arguments do not matter.
  void ask_anything(std::uint32_t audit, std::uint32_t number) {
    const seccomp_data call = make(audit, number);
    const Action expected = rules_.verdict(call);
    const auto progress = run_to_arguments(program_, call);
    if (!progress) {
      return differ(call, expected, std::nullopt);
    }
    for (const std::uint32_t found : outcomes(program_, *progress)) {
      if (found != expected) {
        return differ(call, expected, found);
      }
    }
  }

  void ask_conditional(const seccomp_data& any, const Call& call) {
    const auto progress = run_to_arguments(program_, any);
    if (!progress) {
      return differ(any, rules_.verdict(any), std::nullopt);
    }
    if ((words_read(program_, *progress) & ~words_mentioned(call)) != 0) {
      difference_ = call.name + ": the program reads an argument that no rule of it mentions";
      return;
    }
    const Proof proof = prove(program_, *progress, any, rules_);
    if (proof.counterexample) {
      differ(*proof.counterexample, rules_.verdict(*proof.counterexample),
             evaluate(program_, *proof.counterexample));
    } else if (!proof.complete) {
      difference_ = call.name +
                    ": its conditions make more cases than can be checked, and each bit that is "
                    "masked alone doubles them";
    }
  }

  void differ(const seccomp_data& call, Action expected, std::optional<Action> found) {
    if (difference_) {
      return;
    }
    const Interface* interface = rules_.find(call);
    const auto number = static_cast<std::uint32_t>(call.nr);
    const Call* known = interface == nullptr ? nullptr : interface->find(number);
    std::string text = known == nullptr ? "system call " + std::to_string(number) : known->name;
    text +=
        interface == nullptr ? " of another machine" : std::string(" of ").append(interface->name);
    text += " (";
    for (std::size_t i = 0; i < std::size(call.args); ++i) {
      text.append(i == 0 ? "" : ", ").append(hex(call.args[i]));
    }
    text += ") would get " + (found ? describe_action(*found) : "no answer") + ", expected " +
            describe_action(expected);
    difference_ = std::move(text);
  }

  std::span<const sock_filter> program_;
  const RuleSet& rules_;
  std::optional<std::string> difference_;
};

}  // namespace

std::optional<std::string> find_difference(std::span<const sock_filter> program,
                                           const RuleSet& rules) {
  if (std::string fault = program_fault(program); !fault.empty()) {
    return fault;
  }
  return Examination(program, rules).run();
}

}  // namespace indexrun::confine
