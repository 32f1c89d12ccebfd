// SPDX-License-Identifier: Apache-2.0
// A program and the rules it was made of, compared for all arguments that a call can have: not by
// trying some, but by following every path of the program with the set of arguments that take it.
#pragma once

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/rules.h"

#include <cstddef>
#include <optional>
#include <span>

#include <linux/filter.h>
#include <linux/seccomp.h>

namespace indexrun::confine {

struct Proof {
  /// A call to which the program gives another answer than the rules do.
  std::optional<seccomp_data> counterexample = {};
  /// False if the conditions make more cases than can be looked at: nothing is proved then.
  bool complete = true;
};

/// How many words of arguments are looked at before the proof is given up.
inline constexpr std::size_t kMostSteps = 20'000'000;

/// Whether the program, from where run_to_arguments() stopped for `any`, gives the verdict of the
/// rules for all values of the arguments that the rules of this call mention; on an interface with
/// narrow arguments, all whose upper halves are 0. The rules must have the call, and the program be
/// one without program_fault() that reads no other argument.
[[nodiscard]] Proof prove(std::span<const sock_filter> program, const Progress& from,
                          const seccomp_data& any, const RuleSet& rules);

}  // namespace indexrun::confine
